"""Passwords: made into what proves them, and proven.

The only module that imports argon2, which costs some milliseconds to load and a tenth of a second
to run: on purpose, for whoever guesses pays it each time.
"""

from __future__ import annotations

from gettext import gettext as _

from broadcaster.station.approving.refusals import NotAllowedError

__all__ = ["is_proven", "verifier_of"]

_SHORTEST = 8


def verifier_of(password: str) -> str:
    """What is kept instead of ``password``; raises NotAllowedError for one that is too short."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only who signs needs it

    if len(password) < _SHORTEST:
        message = _("a password has at least {n} letters or digits").format(n=_SHORTEST)
        raise NotAllowedError(message)
    return PasswordHasher().hash(password)


def is_proven(verifier: str, password: str) -> bool:
    """Whether ``password`` is the one of which ``verifier`` was made."""
    from argon2 import PasswordHasher  # noqa: PLC0415
    from argon2.exceptions import Argon2Error, InvalidHashError  # noqa: PLC0415

    try:
        return bool(PasswordHasher().verify(verifier, password))
    except (Argon2Error, InvalidHashError):
        return False
