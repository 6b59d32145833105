"""Bulletins that an authority above sends, and the answer when each of them was heard.

The exchange is our own, neutral and documented in ``docs/tu-cap-tren.md``: no text of an official
interface is known to us, and none is imitated.
"""
