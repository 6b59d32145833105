"""The secret in every form: bound to one visitor, valid once, so that neither another site nor a
second click repeats an order.

It stands apart because it is the only defence that each form of the page has in common.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from enum import StrEnum

__all__ = ["FormState", "FormTokens"]

_REMEMBERED = 20_000
_NONCE_BYTES = 12


class FormState(StrEnum):
    """What a form's secret says of the form."""

    FRESH = "fresh"
    USED = "used"
    FOREIGN = "foreign"


class FormTokens:
    """Makes secrets and takes each back once; they end with the process, as its key does."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)
        self._used: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def signature(self, text: str) -> str:
        """What only this process can write below ``text``."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def is_ours(self, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.signature(text).encode(), signature.encode())

    def new(self, cookie: str) -> str:
        """For one form of the visitor with that ``cookie``."""
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        return f"{nonce}.{self.signature(f'form {cookie} {nonce}')}"

    def look(self, cookie: str, token: str) -> FormState:
        """Whether a form with ``token`` may be obeyed; it stays as it is."""
        nonce, _dot, signature = token.partition(".")
        if not cookie or not self.is_ours(f"form {cookie} {nonce}", signature):
            return FormState.FOREIGN
        return FormState.USED if nonce in self._used else FormState.FRESH

    def take(self, cookie: str, token: str) -> FormState:
        """The same, and FRESH only this once."""
        with self._lock:
            state = self.look(cookie, token)
            if state is FormState.FRESH:
                self._used[token.partition(".")[0]] = None
                if len(self._used) > _REMEMBERED:
                    self._used.popitem(last=False)
        return state
