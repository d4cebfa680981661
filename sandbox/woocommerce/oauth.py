"""OAuth 1.0a with one leg, as WooCommerce checks it on plain http.

Three things differ from the standard: parameters are sorted before they are encoded, an array's keys are
written out (`status[]=a` is signed as `status[0]=a`), and only the last nonce of a second is remembered.
"""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

from sandbox.woocommerce.errors import WpError, not_authentic
from sandbox.woocommerce.query import Parameters

NEEDED = ("oauth_consumer_key", "oauth_timestamp", "oauth_nonce", "oauth_signature", "oauth_signature_method")
HASHES = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}
WINDOW = 15 * 60


def from_header(header: str) -> Parameters:
    """The parameters of an `Authorization: OAuth ...` header."""
    if not header.startswith("OAuth "):
        return {}
    found = {}
    for part in header.removeprefix("OAuth ").split(","):
        name, _, value = part.strip().partition("=")
        if name.startswith("oauth_"):
            found[name] = unquote(value.strip('"'))
    return found


def complete(parameters: Parameters) -> bool:
    """Whether a signature is there to be checked; some of it alone is an error."""
    missing = [name for name in NEEDED if not parameters.get(name)]
    if len(missing) == len(NEEDED):
        return False
    if missing:
        word = "parameter" if len(missing) == 1 else "parameters"
        raise WpError(
            401,
            "woocommerce_rest_authentication_missing_parameter",
            message=f"Missing OAuth {word} {', '.join(missing)}",
        )
    return True


def check_signature(parameters: Parameters, secret: str, *, method: str, addresses: Iterable[str]) -> None:
    """Refuse unless the signature is that of one of the addresses the site answers under."""
    algorithm = HASHES.get(parameters["oauth_signature_method"])
    if algorithm is None:
        raise not_authentic("Invalid signature - signature method is invalid.")
    given = unquote(parameters["oauth_signature"].replace(" ", "+"))
    signed = "%26".join(_pairs({name: parameters[name] for name in sorted(parameters)}))
    for address in addresses:
        base = f"{method}&{_encoded(address)}&{signed}"
        digest = hmac.new(f"{secret}&".encode(), base.encode(), algorithm).digest()
        if hmac.compare_digest(base64.b64encode(digest).decode(), given):
            return
    raise not_authentic("Invalid signature - provided signature does not match.")


class Nonces:
    """The nonces a key has seen within the window, by their second."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._seen: dict[int, str] = {}
        self._lock = threading.Lock()

    def check(self, timestamp: str, nonce: str) -> None:
        """Refuse a request that is too old, from the future, or a repetition."""
        now = self.clock()
        moment = int(timestamp) if timestamp.isdigit() else 0
        if abs(now - moment) > WINDOW:
            raise not_authentic("Invalid timestamp.")
        with self._lock:
            if nonce in self._seen.values():
                raise not_authentic("Invalid nonce - nonce has already been used.")
            self._seen = {at: one for at, one in self._seen.items() if at >= now - WINDOW}
            self._seen[moment] = nonce


def _pairs(parameters: dict[str, Any], prefix: str = "") -> list[str]:
    pairs: list[str] = []
    for name, value in parameters.items():
        if name == "oauth_signature":
            continue
        key = f"{prefix}%5B{_encoded(name)}%5D" if prefix else _encoded(name)
        if isinstance(value, dict):
            pairs += _pairs(value, key)
        else:
            pairs.append(_encoded(f"{key}={_encoded(value)}"))
    return pairs


def _encoded(text: str) -> str:
    return quote(str(text), safe="~")
