"""Whom Google knows: service accounts and users, one of each per marketing account, and tokens in force.

Clients sign by the real clock and count a token's life by it, so both are checked by it here, whatever the
sandbox's clock says. A token is opaque and known to the sandbox alone that gave it out.
"""

import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.google.jwt import private_key_text

PROJECT = "practice-shop"
LIFETIME = 3599  # seconds: Google says one less than an hour
READ_ANALYTICS = "https://www.googleapis.com/auth/analytics.readonly"
ADWORDS = "https://www.googleapis.com/auth/adwords"
SCOPES = frozenset(
    {
        READ_ANALYTICS,
        ADWORDS,
        "https://www.googleapis.com/auth/analytics",
        "https://www.googleapis.com/auth/cloud-platform",
        "https://www.googleapis.com/auth/userinfo.email",
        "https://www.googleapis.com/auth/userinfo.profile",
        "openid",
        "email",
        "profile",
    }
)


@dataclass(frozen=True)
class Caller:
    """A service account or a user who may read one account of one platform."""

    platform: str
    account: str
    kind: Literal["service_account", "user"]

    @property
    def email(self) -> str:
        """The address of the service account."""
        return f"{self.platform.replace('_', '-')}-{self.account}@{PROJECT}.iam.gserviceaccount.com"

    @property
    def client_id(self) -> str:
        """The OAuth client through which the user consented."""
        return f"{self._made('client')[:12]}.apps.googleusercontent.com"

    @property
    def client_secret(self) -> str:
        """The client's password."""
        return f"GOCSPX-{self._made('secret')[:28]}"

    @property
    def refresh_token(self) -> str:
        """What the user's consent left behind; the same in every sandbox."""
        return f"1//0{self._made('refresh')}"

    def _made(self, what: str) -> str:
        text = f"countinghouse sandbox {self.platform} {self.account} {what}"
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Grant:
    """What an access token allows, until when by the real clock."""

    caller: Caller
    scopes: frozenset[str]
    ends: float


class People:
    """Callers by their credentials, and the access tokens they hold."""

    def __init__(self) -> None:
        self._names: dict[str, Callable[[], Collection[str]]] = {}
        self._scopes: dict[str, str] = {}
        self._grants: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def register(self, platform: str, *, accounts: Callable[[], Collection[str]], scope: str) -> None:
        """Know a service account and a user for every account of a platform."""
        self._names[platform] = accounts
        self._scopes[platform] = scope

    def service_account(self, email: Any) -> Caller | None:
        """The service account with this address."""
        return next((one for one in self._all("service_account") if one.email == email), None)

    def users(self) -> list[Caller]:
        """Everybody who ever consented."""
        return self._all("user")

    def scope_of(self, platform: str) -> str:
        """What users of a platform have consented to."""
        return self._scopes[platform]

    def grant(self, caller: Caller, scopes: frozenset[str]) -> str:
        """A new access token."""
        prefix = "ya29.c." if caller.kind == "service_account" else "ya29.a0"
        token = prefix + secrets.token_urlsafe(64)
        with self._lock:
            self._grants[token] = Grant(caller, scopes, time.time() + LIFETIME)
        return token

    def holder(self, token: str) -> Grant | None:
        """What a token allows now; None of one that is unknown or has run out."""
        with self._lock:
            grant = self._grants.get(token)
        return grant if grant is not None and grant.ends > time.time() else None

    def forget(self, platform: str, account: str) -> None:
        """Take back the access tokens of an account's callers."""
        with self._lock:
            gone = [
                token
                for token, grant in self._grants.items()
                if (grant.caller.platform, grant.caller.account) == (platform, account)
            ]
            for token in gone:
                del self._grants[token]

    def _all(self, kind: Literal["service_account", "user"]) -> list[Caller]:
        return [Caller(platform, name, kind) for platform, names in self._names.items() for name in names()]


def secrets_of(platform: str, account: str, *, by_user: bool, address: str) -> dict[str, str]:
    """What a client needs: a service account's file as text, or a user's refresh token and the client."""
    if by_user:
        user = Caller(platform, account, "user")
        return {
            "refresh_token": user.refresh_token,
            "client_id": user.client_id,
            "client_secret": user.client_secret,
        }
    caller = Caller(platform, account, "service_account")
    file = {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": key_id(),
        "private_key": private_key_text(),
        "client_email": caller.email,
        "client_id": str(int(hashlib.sha256(caller.email.encode()).hexdigest()[:17], 16))[:21],
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": f"{address}/google/token",
        "universe_domain": "googleapis.com",
    }
    return {"credentials": json.dumps(file)}


def key_id() -> str:
    """The name of the process's key."""
    return hashlib.sha1(private_key_text().encode()).hexdigest()
