"""Merge the catalogues of each room into the one that gettext reads.

``locale/vi/*.po`` → ``locale/vi/LC_MESSAGES/messages.mo``.  It runs whenever the package is built
or installed, and by ``make messages`` after a translation has changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, where only babel is installed
    BuildHookInterface = object

LOCALE = Path(__file__).parents[1] / "broadcaster" / "locale"


def compile_messages(locale: Path = LOCALE) -> None:
    """Write ``messages.mo`` for every language folder of ``locale``."""
    for folder in sorted(path for path in locale.iterdir() if path.is_dir()):
        merged = Catalog(locale=folder.name, fuzzy=False)
        for source in sorted(folder.glob("*.po")):
            with source.open("rb") as file:
                for message in read_po(file, locale=folder.name, abort_invalid=True):
                    if message.id and message.string:
                        merged[message.id] = message
        target = folder / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, merged)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """What hatchling calls before it packs or links the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_messages()


if __name__ == "__main__":
    compile_messages()
