"""Whatever a user can type, read or set stands in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from problem_codes import hidden_codes, problem_codes

from broadcaster.cli import main
from broadcaster.cli.root import COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
_CALL = re.compile(r"\bbroadcaster((?: -C \S+| --lang[ =]\w+| --debug)*) ([a-z]+)")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below ``## heading`` until the next heading of that level."""
    _before, _mark, after = text.partition(f"\n## {heading}\n")
    return after.partition("\n## ")[0]


def _commands() -> list[tuple[str, click.Command]]:
    """Every command and subcommand with its full name."""
    context = click.Context(main, info_name="broadcaster")
    found: list[tuple[str, click.Command]] = [("broadcaster", main)]
    for name in COMMANDS:
        command = main.get_command(context, name)
        found.append((f"broadcaster {name}", command))
        if isinstance(command, click.Group):
            subcommands = command.commands.items()
            found += [(f"broadcaster {name} {sub}", inner) for sub, inner in subcommands]
    return found


@pytest.mark.parametrize("name, command", _commands())
def test_every_option_is_documented(name: str, command: click.Command):
    """Each command has a part of its own in docs/commands.md that names each of its options."""
    text = section(page("commands.md"), f"`{name}`")
    assert text, f"docs/commands.md: no heading ## `{name}`"
    options = [param for param in command.params if isinstance(param, click.Option)]
    missing = [o.opts[0] for o in options if f"`{o.opts[0]}" not in text]
    assert missing == [], f"docs/commands.md, `{name}`"


def test_every_exit_code_is_documented():
    """Each exit code is explained in docs/commands.md."""
    from broadcaster.cli.exits import ExitCode  # noqa: PLC0415

    text = page("commands.md")
    assert [code for code in ExitCode if f"| {code.value} |" not in text] == []


def test_every_problem_code_is_documented():
    """Each problem code of the program is explained in docs/problems.md."""
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page("problems.md"), re.MULTILINE))
    used = problem_codes((ROOT / "broadcaster").rglob("*.py"))
    missing = {code: str(path) for code, path in used.items() if code not in documented}
    assert missing == {}


def test_no_problem_code_is_explained_in_vain():
    """docs/problems.md explains each code once, and none that the program does not use."""
    documented = re.findall(r"^\| `([a-z0-9-]+)` \|", page("problems.md"), re.MULTILINE)
    used = problem_codes((ROOT / "broadcaster").rglob("*.py"))
    assert sorted(documented) == sorted(set(documented) & set(used))


def test_codes_are_written_out():
    """A code that an operator reads can be found in the source by searching for it."""
    assert hidden_codes((ROOT / "broadcaster").rglob("*.py")) == []


def test_codes_are_found_through_functions_that_pass_them_on(tmp_path: Path):
    """The search for codes follows a code through helper functions and conditions."""
    source = tmp_path / "room.py"
    source.write_text(
        "def direct(): Problem(here, 'one-code', 'x')\n"
        "def named(): Problem(where=here, code='two-code' if x else 'three-code')\n"
        "class Mark:\n"
        "    def complain(self, code, message): Problem(self.where, code, message)\n"
        "    def bad(self, value, code): self.complain(code, value)\n"
        "    def use(self): self.bad('no-code', 'four-code')\n"
        "    def time(self, *, code='x'): self.complain('five-code', 'no-code')\n"
        "class Doubt:\n"
        "    start: int\n"
        "    code: str\n"
        "doubt = Doubt(0, 'six-code')\n"
        "Problem(where, doubt.code, 'x')\n"
        "def chosen():\n"
        "    if x: code, hint = 'seven-code', 'no-code'\n"
        "    else: code = 'eight-code'\n"
        "    Problem(where, code, 'x')\n",
        encoding="utf-8",
    )
    assert sorted(problem_codes([source])) == [
        "eight-code",
        "five-code",
        "four-code",
        "one-code",
        "seven-code",
        "six-code",
        "three-code",
        "two-code",
    ]


def test_every_setting_is_documented():
    """Each key of station.yaml stands in docs/configuration.md."""
    from broadcaster.station.settings.load import CONFIG_KEYS  # noqa: PLC0415

    text = section(page("configuration.md"), "station.yaml")
    assert [key for key in CONFIG_KEYS if f"| `{key}` |" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path):
    """Each link of a page leads to a file, and to a heading, that exist."""
    broken = []
    for target, anchor in _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        found = (path.parent / target).resolve() if target else path
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            broken.append(f"{target}#{anchor}")
    assert broken == []


def _anchors(path: Path) -> list[str]:
    """The anchors that a page's headings get, as common renderers make them."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_name_only_commands_that_exist(path: Path):
    """A page never tells an operator to type a command that does not exist."""
    text = path.read_text(encoding="utf-8")
    code = [*_FENCE.findall(text), *re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))]
    calls = [name for piece in code for _options, name in _CALL.findall(piece)]
    assert [name for name in calls if name not in COMMANDS] == []


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_every_page_is_in_the_index(path: Path):
    """docs/README.md leads to each page of the documentation."""
    assert path.name == "README.md" or f"]({path.name})" in page("README.md")
