"""broadcaster: the written bulletins of a commune, spoken and broadcast on time.

The folders are the path of a bulletin::

    text ─▶ script ─▶ speech ─▶ programme ─▶ schedule ─▶ playout ─▶ asrun

Stages never import each other: they meet in :mod:`broadcaster.model`, and
:mod:`broadcaster.station` wires them together.
"""

__version__ = "0.1.0"
