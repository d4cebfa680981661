"""Who is asking: keys, where they are looked for, and what they are worth.

Over https the query's `consumer_key` and `consumer_secret` come first, then HTTP Basic. On plain http both
are ignored, so whoever sends them is nobody; there a request has to be signed. A key that does not exist is
nobody over https and an error when it signed.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.woocommerce import oauth
from sandbox.woocommerce.errors import WpError, not_authentic
from sandbox.woocommerce.query import Parameters
from sandbox.woocommerce.settings import Settings

REALM = (
    "WooCommerce API. Use a consumer key in the username field and a consumer secret in the password field."
)
READS = ("GET", "HEAD")
MAY = {
    "read": (*READS, "OPTIONS"),
    "write": ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
    "read_write": (*READS, "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
}


@dataclass(frozen=True)
class Key:
    """A consumer key and its secret, the same in every sandbox for a store's name."""

    key: str
    secret: str

    @classmethod
    def of(cls, store: str) -> "Key":
        """The key of a store."""
        return cls(f"ck_{_forty(store, 'key')}", f"cs_{_forty(store, 'secret')}")


@dataclass(frozen=True)
class Asked:
    """What of a request says who sent it."""

    method: str
    headers: Mapping[str, str]
    query: Parameters
    addresses: tuple[str, ...]  # without query, as the client may have called it


class Doorman:
    """Tells who is asking, or refuses."""

    def __init__(self, key: Key, settings: Settings, nonces: oauth.Nonces) -> None:
        self.key = key
        self.settings = settings
        self.nonces = nonces

    def admit(self, asked: Asked, *, revoked: bool = False) -> bool:
        """Whether the key's user is asking; False is nobody. Raises `WpError` on wrong credentials.

        `revoked`: the key does not exist any more.
        """
        key = "" if revoked else self.key.key
        if not (self.settings.https and self._by_key(asked, key)) and not self._by_signature(asked, key):
            return False
        if asked.method not in MAY[self.settings.permissions]:
            wanted = "read" if asked.method in READS else "write"
            raise not_authentic(f"The API key provided does not have {wanted} permissions.")
        return True

    def _by_key(self, asked: Asked, known: str) -> bool:
        key, secret = asked.query.get("consumer_key"), asked.query.get("consumer_secret")
        if not key or not secret:
            key, secret = _basic(self._authorization(asked))
        if not key or not secret or key != known:
            return False
        if secret != self.key.secret:
            challenge = {"WWW-Authenticate": f'Basic realm="{REALM}"'}
            raise not_authentic("Consumer secret is invalid.", headers=challenge)
        return True

    def _by_signature(self, asked: Asked, known: str) -> bool:
        parameters = {**asked.query, **oauth.from_header(self._authorization(asked).strip())}
        if not oauth.complete(parameters):
            return False
        if parameters["oauth_consumer_key"] != known:
            raise not_authentic("Consumer key is invalid.")
        oauth.check_signature(parameters, self.key.secret, method=asked.method, addresses=asked.addresses)
        self.nonces.check(parameters["oauth_timestamp"], parameters["oauth_nonce"])
        return True

    def _authorization(self, asked: Asked) -> str:
        return "" if self.settings.strips_authorization else asked.headers.get("authorization", "")


def refusal_of_writing(*, known: bool) -> WpError:
    """The practice site is read only, whatever the key allows."""
    return WpError(
        403 if known else 401,
        "woocommerce_rest_cannot_create",
        message="Sorry, you are not allowed to create resources.",
    )


def _basic(header: str) -> tuple[str, str]:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


def _forty(store: str, what: str) -> str:
    return hashlib.sha1(f"countinghouse sandbox {store} {what}".encode()).hexdigest()
