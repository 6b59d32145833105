"""A new station folder with a commented configuration, a week, a bulletin and a lexicon.

It stands apart because it is the only code that writes what otherwise people write; the files
themselves lie in ``templates/``, laid out as in a station folder, where they can be read.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["init_station"]

_TEMPLATES = Path(__file__).parent / "templates"


def init_station(directory: Path) -> list[Path]:
    """Write a new station into ``directory``, made where it is missing; the files written.

    Nothing is written when one of its files stands there already.
    Raises ContentError with a problem for each file in the way, or for a folder that cannot be
    written.
    """
    contents = {
        directory / source.relative_to(_TEMPLATES): source.read_bytes()
        for source in sorted(_TEMPLATES.rglob("*"))
        if source.is_file()
    }
    try:
        _refuse_overwriting(contents)
        for target, content in contents.items():
            _write_new(target, content)
    except OSError as error:
        raise ContentError([_unwritable(directory, error)]) from error
    return list(contents)


def _refuse_overwriting(targets: Iterable[Path]) -> None:
    problems = [_in_the_way(path) for path in targets if path.exists() or path.is_symlink()]
    if problems:
        raise ContentError(problems)


def _write_new(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(content)


def _in_the_way(path: Path) -> Problem:
    return Problem(
        Where(path),
        "file-exists",
        _("this file is there already, and nothing is overwritten"),
        _("choose an empty folder for the new station"),
    )


def _unwritable(directory: Path, error: OSError) -> Problem:
    return Problem(
        Where(Path(error.filename) if error.filename else directory),
        "folder-not-writable",
        _("the new station cannot be written here: {reason}").format(reason=_(str(error.strerror))),
        _("choose a folder that you may write to"),
    )
