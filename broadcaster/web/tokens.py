"""Secrets for programs of other offices, which read the log or hand in bulletins.

It stands apart from people: a program has no password, signs nothing, and is known by the name
that an administrator gave it.  The file holds hashes only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING

from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["drop_token", "new_token", "token_names", "whose_token"]


def _file(folder: StationFolder) -> Path:
    return folder.state / "page-tokens.json"


def _known(folder: StationFolder) -> dict[str, dict[str, str]]:
    try:
        value = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _write(folder: StationFolder, known: dict[str, dict[str, str]]) -> None:
    folder.state.mkdir(parents=True, exist_ok=True)
    with whole_file(_file(folder)) as file:
        file.write(json.dumps(known, ensure_ascii=False, indent=1).encode())


def new_token(folder: StationFolder, name: str, *, now: datetime) -> str:
    """A secret for the program ``name``, shown once; an earlier one of it ends."""
    token = secrets.token_urlsafe(32)
    entry = {"sha256": _hashed(token), "made_at": now.isoformat(timespec="seconds")}
    _write(folder, {**_known(folder), name: entry})
    return token


def drop_token(folder: StationFolder, name: str) -> bool:
    """Let the program ``name`` in no more; False where there is none."""
    known = _known(folder)
    if name not in known:
        return False
    _write(folder, {other: entry for other, entry in known.items() if other != name})
    return True


def token_names(folder: StationFolder) -> list[str]:
    """The programs that may come in."""
    return sorted(_known(folder))


def whose_token(folder: StationFolder, token: str) -> str:
    """The program that has ``token``; "" for any other."""
    hashed = _hashed(token)
    names = [
        name
        for name, entry in _known(folder).items()
        if hmac.compare_digest(str(entry.get("sha256", "")), hashed)
    ]
    return names[0] if names and token else ""


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
