"""How a command ends: the exit codes, and the sentence for each way of failing.

The only module that turns an exception into an exit code; everything below raises.
"""

from __future__ import annotations

import errno
import traceback
from enum import IntEnum
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.errors import BroadcasterError

__all__ = ["ExitCode", "exit_code_of"]


class ExitCode(IntEnum):
    """What the shell is told; ``docs/commands.md`` explains each."""

    FINE = 0
    CONTENT = 1
    USAGE = 2
    CONFIG = 3
    SPEECH = 4
    OUTPUT = 5
    RUNNING = 6
    BUG = 70
    INTERRUPTED = 130


def exit_code_of(command: Callable[[], object], *, debug: bool) -> int:
    """Run ``command``; say on standard error why it failed, if it did.

    A command's return value, where it is a whole number, is its exit code.
    """
    try:
        result = command()
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Aborted!"), err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Exception as error:  # noqa: BLE001  (the last place where a bug can be said in words)
        if debug:
            traceback.print_exc()
        return _explain(error)
    return result if isinstance(result, int) else ExitCode.FINE


def _explain(error: Exception) -> int:
    """Say what ``error`` is; only now is it worth importing the error tree."""
    from broadcaster.errors import BroadcasterError

    if isinstance(error, BroadcasterError):
        _say(_sentences(error))
        return error.exit_code
    if isinstance(error, OSError) and error.filename:
        _say(f"{error.filename}: {_refusal(error)}")
        return ExitCode.CONFIG
    _say(
        _(
            "this is a fault of the program, not yours ({kind}: {detail})\n"
            "The rest of the station is not touched. Run the same command once more with --debug "
            "before its name, and send all that it shows to those who maintain broadcaster."
        ).format(kind=type(error).__name__, detail=error)
    )
    return ExitCode.BUG


def _sentences(error: BroadcasterError) -> str:
    """The message, and below it the problems that it does not hold already."""
    problems = [str(problem) for problem in getattr(error, "problems", ())]
    return "\n".join([str(error), *(line for line in problems if line not in error.message)])


def _refusal(error: OSError) -> str:
    """Why the system refused, in words where the usual reasons are concerned."""
    reasons = {
        errno.EACCES: _("no permission; ask the owner of the machine, or look at the rights of it"),
        errno.EROFS: _("this disk can only be read; is it damaged, or mounted read-only?"),
        errno.ENOSPC: _("the disk is full; delete something, then try again"),
        errno.ENOENT: _("no such file or folder"),
        errno.EEXIST: _("a file has the name of a folder; move it away or give it another name"),
        errno.ENOTDIR: _("a file has the name of a folder; move it away or give it another name"),
    }
    return reasons.get(error.errno or 0) or _(error.strerror or str(error))


def _say(message: str) -> None:
    click.echo(_("Error: {message}").format(message=message), err=True)
