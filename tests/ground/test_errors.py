"""Problems and errors as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import (
    AlreadyRunningError,
    BroadcasterError,
    ConfigError,
    ContentError,
    OutputError,
    Problem,
    SpeechError,
    Where,
    nearest,
)


@pytest.mark.parametrize(
    "where,text",
    [
        (Where(Path("a.yaml"), 9, 5), "a.yaml:9:5"),
        (Where(Path("a.yaml"), 9), "a.yaml:9"),
        (Where(Path("a.yaml")), "a.yaml"),
        (Where(), "-"),
    ],
)
def test_a_place_is_written_as_editors_jump_to_it(where: Where, text: str) -> None:
    """A place reads file:line:column, as far as it is known."""
    assert str(where) == text


def test_a_problem_is_one_line() -> None:
    """A problem says where, what, what to do, and its code, in one line."""
    problem = Problem(Where(Path("a.yaml"), 9, 5), "bad-time", "no such time", "write 17:00")
    assert str(problem) == "a.yaml:9:5: no such time — write 17:00 [bad-time]"
    assert str(Problem(Where(), "odd", "odd")) == "-: odd [odd]"


def test_each_kind_of_error_has_its_exit_code() -> None:
    """Scripts can tell by the exit code what went wrong."""
    kinds = (ContentError, ConfigError, SpeechError, OutputError, AlreadyRunningError)
    assert [kind.exit_code for kind in kinds] == [1, 3, 4, 5, 6]
    assert BroadcasterError.exit_code == 70


def test_an_error_of_content_lists_its_problems() -> None:
    """An error made of problems reads as their list, or as a sentence of its own."""
    problems = [Problem(Where(), "a", "one"), Problem(Where(), "b", "two", "mend it")]
    assert str(ContentError(problems)) == "-: one [a]\n-: two — mend it [b]"
    assert str(ConfigError(problems, message="no week")) == "no week"
    assert str(SpeechError("no voice", hint="look at the net")) == "no voice — look at the net"


def test_the_nearest_name_or_what_there_is() -> None:
    """A slip is answered with the name that was meant, anything else with the known names."""
    assert nearest("programe", ["programme", "slots"]) == "did you mean “programme”?"
    assert nearest("xyz", ["b", "a"]) == "known here: a, b"
    assert nearest("xyz", []) == ""
    many = nearest("xyz", [f"{n:03}" for n in range(500)])
    assert many.endswith("019, …")
