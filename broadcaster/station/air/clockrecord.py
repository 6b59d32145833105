"""What is on record about the clock: the latest witnesses of the time, and the doubt that lasts.

It stands apart from the timekeeper, who looks at the running clock: commands and the page read
the same record beside the daemon, and the next life of the daemon begins with it.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Command, CommandKind, CommandQueue, CommandState, Store
from broadcaster.clock import LOCAL, is_synchronised
from broadcaster.errors import BroadcasterError
from broadcaster.station.air.clocktrust import Confirmation, Doubt, Floor, Trust, Witness
from broadcaster.station.air.pulse import last_beat

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.clock import Clock
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.folder import StationFolder

__all__ = [
    "confirm_at_rest",
    "confirmed_text",
    "doubt_of",
    "first_look",
    "floor_of",
    "standing_doubt",
    "vouch",
    "write_doubt",
]

_log = logging.getLogger(__name__)


def floor_of(log: AsRunLog, queue: CommandQueue, beat: Beat | None) -> Floor:
    """The latest instant of which the station has a witness that was not overruled."""
    confirmed = _confirmation(queue)
    witnesses = [Floor()]
    if confirmed:
        witnesses.append(Floor(confirmed.at, Witness.PERSON))
    if row := log.last_written_at(after_row=confirmed.row if confirmed else 0):
        witnesses.append(Floor(row, Witness.ROW))
    if beat and beat.number > (confirmed.beat if confirmed else 0):
        witnesses.append(Floor(beat.at, Witness.PULSE))
    if confirmed:  # a person overrules the program too
        del witnesses[0]
    return max(witnesses, key=lambda floor: floor.at)


def _confirmation(queue: CommandQueue) -> Confirmation | None:
    command = queue.last_done(CommandKind.CLOCK_CONFIRM)
    return Confirmation.of_text(command.argument) if command else None


def first_look(
    folder: StationFolder,
    store: Store,
    *,
    clock: Clock,
    synchronised: Callable[[], bool] = is_synchronised,
) -> Trust:
    """What is believed of ``clock`` before anything is started; an earlier doubt lasts."""
    floor = floor_of(AsRunLog(store), CommandQueue(store), last_beat(folder.pulse))
    trust = Trust(floor, standing_doubt(folder))
    if trust.doubt and trust.doubt.floor.at > floor.at:
        trust = Trust(trust.doubt.floor, trust.doubt)
    return trust.looked(clock.now(), synchronised=synchronised)


def doubt_of(
    folder: StationFolder, *, clock: Clock, synchronised: Callable[[], bool] = is_synchronised
) -> Doubt | None:
    """Why the clock is not believed now, for whoever asks beside the daemon; None where it is,
    or where the log cannot be asked."""
    if not folder.database.exists():
        return Trust().looked(clock.now(), synchronised=synchronised).doubt
    try:
        with Store.open(folder.database, clock=clock) as store:
            return first_look(folder, store, clock=clock, synchronised=synchronised).doubt
    except BroadcasterError:
        return None


def vouch(folder: StationFolder, store: Store, *, clock: Clock) -> Confirmation:
    """What a person says who confirms that ``clock`` is right."""
    beat = last_beat(folder.pulse)
    return Confirmation(clock.now(), AsRunLog(store).last_row(), beat.number if beat else 0)


def confirmed_text(now: datetime) -> str:
    """What is said to the person."""
    return _("the clock is confirmed: it is {time}").format(time=f"{now:%H:%M:%S %d/%m/%Y}")


def confirm_at_rest(folder: StationFolder, *, clock: Clock, by: str) -> str:
    """Confirm the clock where no daemon runs that could be told."""
    now = clock.now()
    with Store.open(folder.database, clock=clock) as store:
        command = Command(
            id=0,
            kind=CommandKind.CLOCK_CONFIRM,
            argument=vouch(folder, store, clock=clock).as_text(),
            ordered_by=by,
            ordered_at=now,
            state=CommandState.DONE,
            outcome=confirmed_text(now),
        )
        CommandQueue(store).record(command)
    folder.clock_doubt.unlink(missing_ok=True)
    return command.outcome


def standing_doubt(folder: StationFolder) -> Doubt | None:
    """What the daemon doubts, or the last one doubted; a cheap look at one small file."""
    try:
        value = json.loads(folder.clock_doubt.read_text(encoding="utf-8"))
        floor = Floor(datetime.fromisoformat(value["floor"]).astimezone(LOCAL), value["witness"])
        leapt = timedelta(seconds=value["leapt_s"])
        return Doubt(Floor(floor.at, Witness(floor.witness)), leapt=leapt)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_doubt(folder: StationFolder, doubt: Doubt | None) -> None:
    """What cannot be written is doubted anew by the next life of the daemon, from the log."""
    path = folder.clock_doubt
    try:
        if doubt is None:
            path.unlink(missing_ok=True)
            return
        value = {
            "floor": doubt.floor.at.isoformat(),
            "witness": doubt.floor.witness,
            "leapt_s": doubt.leapt.total_seconds(),
        }
        path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        _log.error("%s: %s", path, error)
