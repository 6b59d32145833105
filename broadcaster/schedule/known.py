"""What the rest of the station knows, handed to the checks of the weeks.

It stands apart because stages never import each other: the station fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.model import Rails

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from broadcaster.model import Occurrence, Validity

__all__ = ["Known"]

_NO_RAILS = Rails()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of the station knows; None leaves the checks that need it out.

    ``bulletins`` has the validity of each bulletin id, ``replaced_by`` the newer ones of those
    that are replaced; ``is_spoken_in`` tells of an id and a language whether the bulletin or a
    translation of it is in that; ``assets`` the names of sounds; ``relays`` those of addresses;
    ``fallback`` a programme that is used without a slot; ``lengths_ms`` estimates an occurrence
    (with all that it wants to air, without any bulletin; None: unknown); ``rails`` say what may
    start.
    """

    bulletins: Mapping[str, Validity] | None = None
    replaced_by: Mapping[str, str] = field(default_factory=dict)
    is_spoken_in: Callable[[str, str], bool] | None = None
    assets: Collection[str] | None = None
    relays: Collection[str] | None = None
    fallback: str = ""
    lengths_ms: Callable[[Occurrence], tuple[int, int] | None] | None = None
    rails: Rails = _NO_RAILS
