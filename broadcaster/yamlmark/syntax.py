"""What PyYAML says of broken syntax, as a problem in the language of the user.

It stands apart from the document, because the sentences of another library may change with its
version; here alone they are known.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem

if TYPE_CHECKING:
    from broadcaster.errors import Where

__all__ = ["syntax_problem"]


def syntax_problem(where: Where, detail: str) -> Problem:
    """At ``where`` the text is no YAML; ``detail`` is what PyYAML said, or a sentence of ours."""
    return Problem(
        where,
        "yaml-syntax",
        _("this is not valid YAML: {detail}").format(detail=_said(detail)),
        _("look at the indentation, the quotes and the colons near this place"),
    )


def _said(detail: str) -> str:
    """What PyYAML said, in the language of the user where it is one of the usual slips."""
    usual = {
        "mapping values are not allowed": _(
            "a text with a colon needs quotes; or the indentation is wrong"
        ),
        "cannot start any token": _("a letter that needs quotes, or a tab instead of spaces"),
        "tab character": _("a tab stands here; indent with spaces"),
        "directive": _("a text that begins with % needs quotes"),
        "comment or line break": _("a text with | or > needs quotes"),
        "unknown escape": _("in double quotes a \\ must be written twice"),
        "entries are not allowed": _("a list begins here that does not belong to the line above"),
        "<document start>": _("a line stands here that belongs to nothing"),
        "did not find expected key": _("the indentation differs from the lines above"),
        "did not find expected '-'": _("this line does not belong to the list above it"),
        "did not find expected ','": _("a bracket or a comma is missing"),
        "did not find expected node": _("a bracket is not closed, or a value is missing"),
        "unexpected end of stream": _("a quote is not closed"),
        "could not find expected ':'": _("a colon is missing after this key"),
        "another document": _("a second “---” stands here"),
        "control characters": _("the file holds bytes that are no text"),
        "surrogates": _("the file holds bytes that are no text"),
    }
    return next((said for part, said in usual.items() if part in detail), detail)
