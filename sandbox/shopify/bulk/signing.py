"""Signed addresses of bulk results: whoever has one may read, until it expires by the sandbox's clock."""

import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlencode


class Signer:
    """Signs and checks the addresses of one shop's files."""

    def __init__(self, store: str) -> None:
        self.store = store
        self._secret = hashlib.sha256(f"bulk {store}".encode()).digest()

    def path(self, name: str, until: datetime) -> str:
        """Path and query of the file `name`, readable until a moment."""
        expires = str(int(until.timestamp()))
        query = {
            "GoogleAccessId": "sandbox",
            "Expires": expires,
            "Signature": self._signature(name, expires),
            "response-content-disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}",
            "response-content-type": "application/jsonl",
        }
        return f"/storage/{self.store}/{name}?{urlencode(query)}"

    def refusal(self, name: str, *, expires: str, signature: str, now: datetime) -> str:
        """The storage's error code for an address that is not good; empty where it is."""
        if not hmac.compare_digest(signature, self._signature(name, expires)):
            return "SignatureDoesNotMatch"
        return "ExpiredToken" if now.timestamp() > int(expires) else ""

    def _signature(self, name: str, expires: str) -> str:
        return hmac.new(self._secret, f"{name}\n{expires}".encode(), hashlib.sha256).hexdigest()
