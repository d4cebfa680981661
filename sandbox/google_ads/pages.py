"""Tokens of further pages: opaque, for one query, for two hours of the sandbox's clock."""

import base64
import binascii
import hashlib
import secrets
from datetime import datetime, timedelta

from sandbox.google_ads.errors import request_error

LIFETIME = timedelta(hours=2)


class Pages:
    """Gives out tokens and takes them back."""

    def __init__(self) -> None:
        self._secret = secrets.token_hex(16)

    def token(self, customer: str, query: str, *, offset: int, now: datetime) -> str:
        """The token of the page that begins at `offset`."""
        text = f"{offset} {int(now.timestamp())}"
        return base64.urlsafe_b64encode(f"{text} {self._seal(text, customer, query)}".encode()).decode()

    def offset(self, token: str, customer: str, query: str, *, now: datetime) -> int:
        """Where the token's page begins, or `AdsFailure`."""
        try:
            text, _, seal = base64.urlsafe_b64decode(token.encode()).decode().rpartition(" ")
            offset, given = (int(part) for part in text.split())
        except (binascii.Error, ValueError):
            raise _invalid() from None
        if seal != self._seal(text, customer, query):
            raise _invalid()
        if now.timestamp() - given > LIFETIME.total_seconds():
            raise request_error("EXPIRED_PAGE_TOKEN", "Page token has expired.")
        return offset

    def _seal(self, text: str, customer: str, query: str) -> str:
        return hashlib.sha256(f"{self._secret} {customer} {query} {text}".encode()).hexdigest()[:24]


def _invalid() -> Exception:
    return request_error("INVALID_PAGE_TOKEN", "Page token is invalid.")
