"""The people of a station for tests of the page, and what one of them does in front of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from broadcaster.model import Role

if TYPE_CHECKING:
    from starlette.testclient import TestClient

_FORM = re.compile(r'name="form" value="([^"]+)"')
PASSWORDS = {
    "lan": "mua-xuan-2026",
    "minh": "mua-ha-2026!",
    "hoa": "mua-thu-2026!",
    "son": "mua-dong-2026",
}
_QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
VERIFIERS = {name: _QUICK.hash(password) for name, password in PASSWORDS.items()}
"""As the program makes them, but for the effort that each guess is to cost."""
ROLES = {
    "lan": {Role.EDITOR},
    "minh": {Role.APPROVER},
    "hoa": {Role.OPERATOR},
    "son": {Role.ADMINISTRATOR},
}
"""One person for each role."""


class Browser:
    """What a person does in front of the page: looks, fills in the form there, sends it."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def look(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def send(self, path: str, *, seen: str = "", files=None, **fields: str):
        """Send a form with the secret that stands in the page ``seen`` (or ``path``)."""
        found = _FORM.search(self.look(seen or path))
        assert found
        data = {
            "form": found[1],
            **{name.replace("_", "-"): value for name, value in fields.items()},
        }
        return self.client.post(path, data=data, files=files)

    def sign_in(self, name: str) -> Browser:
        answer = self.send("/vao", ten=name, mat_khau=PASSWORDS[name])
        assert answer.status_code == 303, answer.text
        return self
