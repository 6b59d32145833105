"""Duyệt: what waits for whom, the acts of people, and the answers that page and commands give.

It stands apart from `broadcaster.approval`, which knows what a decision means, because here files,
register and log are looked at together.
"""

from broadcaster.station.approving.approving import Approving, open_approving
from broadcaster.station.approving.contents import Subject, Subjects
from broadcaster.station.approving.people import People
from broadcaster.station.approving.refusals import NotAllowedError

__all__ = [
    "Approving",
    "NotAllowedError",
    "People",
    "Subject",
    "Subjects",
    "open_approving",
]
