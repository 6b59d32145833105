"""Who may order an emergency: whoever has the role, since the order itself is the approval.

It stands apart from the orders because a register that cannot be read must not silence a warning.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.approval import Action
from broadcaster.asrun import StoreError
from broadcaster.station.preparing.consent import approval_settings

if TYPE_CHECKING:
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.consent import Decided

__all__ = ["EmergencyRights"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EmergencyRights:
    """At the station in ``folder``, by the people in ``decided``."""

    folder: StationFolder
    decided: Decided

    def refusal(self, by: str) -> str:
        """Why ``by`` may not order one; "" where they may, or where the station asks nobody."""
        if not approval_settings(self.folder, self.decided).required:
            return ""
        try:
            people = self.decided.now().people
        except StoreError as error:
            _log.error("nobody knows whether “%s” may order this, so it is heard: %s", by, error)
            return ""
        person = people.get(by)
        if person and person.may(Action.ORDER_EMERGENCY):
            return ""
        able = ", ".join(i for i in sorted(people) if people[i].may(Action.ORDER_EMERGENCY)) or "–"
        text = _("“{person}” may not order an emergency; who may: {people}")
        return text.format(person=by, people=able)
