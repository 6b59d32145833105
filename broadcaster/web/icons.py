"""The icons beside the words for states: drawn in the page, so that each needs no request.

It stands apart because an icon is a row in a table; all are strokes on a field of 24 × 24.
"""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["icon"]

_TICK = "M4 12.5l5.5 5.5L20 6.5"
_WARNING = "M12 3L2 20h20z M12 10v4 M12 17v.5"
_CIRCLE = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0"
_DRAWN = {
    # of a start
    "san-sang": _TICK,
    "dang-tao": "M7 3h10 M7 21h10 M8 3c0 5 8 6 8 9s-8 4-8 9 M16 3c0 5-8 6-8 9s8 4 8 9",
    "thieu": _WARNING,
    "dang-phat": "M3 10v4h4l7 5V5L7 10z M18 9a4.5 4.5 0 0 1 0 6 M20.5 6.5a8 8 0 0 1 0 11",
    "da-phat": _TICK,
    "ngat": "M6 5h4v14H6z M14 5h4v14h-4z",
    "lo": "M5 5l14 14 M19 5L5 19",
    "huy": f"{_CIRCLE} M6 18L18 6",
    # of anything
    "xong": _TICK,
    "chu-y": _WARNING,
    "cho": f"{_CIRCLE} M12 7v5l3.5 2",
    "mat": "M3 3l18 18 M8.5 16.5a5 5 0 0 1 7 0 M5 13a10 10 0 0 1 5-2.7 M19 13a10 10 0 0 0-3-2",
    "nguoi": "M12 3a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9 M3.5 21c1-5 4.5-7 8.5-7s7.5 2 8.5 7",
    "loa": "M3 10v4h4l7 5V5L7 10z",
    # of an action
    "dung": "M6 6h12v12H6z",
    "nghe": "M7 4l13 8-13 8z",
    "lai": "M4 4v6h6 M4.5 10a8 8 0 1 1-.5 5",
    "bo-qua": "M5 5l9 7-9 7z M18 5v14",
    "tai-len": "M12 21V9 M7 13l5-5 5 5 M4 4h16",
    "but": "M4 20l1-5L16 4l4 4L9 19z",
    "micro": "M9 4a3 3 0 0 1 6 0v7a3 3 0 0 1-6 0z M5 11a7 7 0 0 0 14 0 M12 18v3",
    "them": "M12 4v16 M4 12h16",
    "bo": "M5 12h14",
    "doi": "M4 8h13l-4-4 M20 16H7l4 4",
    "tai-ve": "M12 3v12 M7 11l5 5 5-5 M4 20h16",
}


def icon(name: str) -> Markup:
    """The drawing of that ``name``, silent for who hears the page: the word beside it speaks."""
    return Markup(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>'
    ).format(_DRAWN[name])
