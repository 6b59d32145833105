"""``bulletins: {…}`` of a week's file: which bulletins a programme takes by itself."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, TypeVar

from broadcaster.model import BulletinChoice, ChoiceOrder, Share
from broadcaster.yamlmark import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CHOICE_KEYS", "MOST_TIMES", "SHARE_KEYS", "read_choice", "read_times"]

CHOICE_KEYS = (
    *("topic", "kind", "language", "most", "between"),
    *("order", "share", "voices", "times"),
)
SHARE_KEYS = ("topic", "kind", "least")
MOST_TIMES = 5
_MOST = 50
_ORDERS = {order.value: order for order in ChoiceOrder}
_T = TypeVar("_T")


def read_choice(values: dict[str, Mark], *, at_most: int = 5) -> BulletinChoice:
    """The choice that the keys ``values`` describe; ``at_most`` unless they say."""

    def take(key: str, read: Callable[[Mark], _T | None], otherwise: _T) -> _T:
        return (read(values[key]) if key in values else None) or otherwise

    most = take("most", lambda value: value.integer(low=1, high=_MOST), at_most)
    return BulletinChoice(
        topics=take("topic", Mark.texts, ()),
        kinds=take("kind", Mark.texts, ()),
        languages=values["language"].texts() if "language" in values else ("vi",),
        at_most=most,
        between=take("between", Mark.text, ""),
        order=take("order", lambda value: value.choice(_ORDERS), ChoiceOrder.ROTATE),
        share=take("share", lambda value: _read_share(value, most), None),
        voices=take("voices", Mark.texts, ()),
    )


def read_times(mark: Mark) -> int:
    """How often something is read in a row; 0 after a problem."""
    return mark.integer(low=1, high=MOST_TIMES) or 0


def _read_share(mark: Mark, most: int) -> Share | None:
    """None after a problem: a share that nothing can fulfil is no share."""
    before = len(mark.problems)
    values = mark.mapping(SHARE_KEYS)
    least = values["least"].integer(low=1, high=_MOST) if "least" in values else 1
    topics = values["topic"].texts() if "topic" in values else ()
    kinds = values["kind"].texts() if "kind" in values else ()
    if least is None or (not topics and not kinds):
        if len(mark.problems) == before:
            message = _("this share does not say of what")
            mark.complain("empty-share", message, _("write its “topic”, like topic: [cchc]"))
        return None
    if least > most:
        message = _("at least {least} are wanted here, but the line takes {most} at most")
        message = message.format(least=least, most=most)
        values["least"].complain("share-too-large", message, _("lower “least”, or raise “most”"))
        return None
    return Share(topics, kinds, least)
