"""Google's token endpoint in front of an API of a few lines, and accounts that point at it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from loaders.common.http import Patience
from tests.loaders.landed import Landed
from tests.loaders.scripted import Answer, Asked, Json, Vendor
from warehouse import get_settings

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
QUICK = Patience(attempts=3, first=0.01, longest=0.02, longest_told=0.05)
EMAIL = "loader@project.iam.gserviceaccount.example"
USER = {"refresh_token": "1//refresh", "client_id": "42.apps.example", "client_secret": "GOCSPX-secret"}


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem() -> str:
    kind = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key().private_bytes(*kind).decode()


def service_account(token_uri: str, **instead: Any) -> Json:
    """A JSON key as Google Cloud gives it out."""
    return {
        "type": "service_account",
        "project_id": "project",
        "private_key_id": "k1",
        "private_key": private_pem(),
        "client_email": EMAIL,
        "token_uri": token_uri,
        **instead,
    }


class Google(Vendor, Landed):
    """Tokens as Google gives them, and what `api` answers to those who bring one."""

    scope = ""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.url = ""
        self.given: list[str] = []
        self.living: set[str] = set()
        self.grants: list[dict[str, str]] = []
        # In place of a token, or of the API's answer, where it is not None.
        self.instead_of_token: Answer | None = None
        self.between: Callable[[Asked], Answer | None] = lambda _asked: None
        self.asked: list[Asked] = []

    def api(self, asked: Asked) -> Answer:
        raise NotImplementedError

    def reply(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            return self.instead_of_token or self._token(asked)
        self.asked.append(asked)
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.living:
            return self.refuse(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        return self.between(asked) or self.api(asked)

    def say(self, body: Any, status: int = 200, **headers: str) -> Answer:
        date = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        given = {"Date": date, "Content-Type": "application/json; charset=UTF-8", **headers}
        return status, given, json.dumps(body).encode()

    def refuse(self, status: int, name: str, message: str, details: list[Json] | None = None) -> Answer:
        error: Json = {"code": status, "message": message, "status": name}
        return self.say({"error": error | ({"details": details} if details else {})}, status)

    def page(self, status: int) -> Answer:
        """What Google answers to an address that it does not know."""
        body = b"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>"
        return status, {"Content-Type": "text/html; charset=UTF-8"}, body

    def revoke(self) -> None:
        """Every token that was given is no longer good."""
        self.living.clear()

    def _token(self, asked: Asked) -> Answer:
        form = {name: values[-1] for name, values in parse_qs(asked.body.decode()).items()}
        self.grants.append(form)
        if form["grant_type"] == "refresh_token":
            if {name: form.get(name) for name in USER} != USER:
                return self.say({"error": "invalid_client", "error_description": "Unauthorized"}, 401)
        else:
            public = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            certificate = key().public_key().public_bytes(*public)
            claims = jwt.decode(form["assertion"], certificate, audience=f"{self.url}/token")  # type: ignore[no-untyped-call]
            assert (claims["iss"], claims["scope"]) == (EMAIL, self.scope)
        token = f"ya29.{len(self.given)}"
        self.given.append(token)
        self.living.add(token)
        return self.say({"access_token": token, "expires_in": 3599, "token_type": "Bearer"})


class Configured:
    """The accounts file and the secrets of one Google account under test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, url: str) -> None:
        self.monkeypatch = monkeypatch
        self.file = tmp_path / "accounts.toml"
        self.platform, self.url = platform, url
        monkeypatch.setenv("ACCOUNTS_FILE", str(self.file))
        for what in ("CREDENTIALS", *(name.upper() for name in USER)):
            monkeypatch.delenv(f"{platform.upper()}_HARBOUR_{what}", raising=False)
        get_settings.cache_clear()

    def account(self, **options: Any) -> None:
        lines = [f"{name} = {json.dumps(value)}" for name, value in options.items()]
        self.file.write_text(f"[{self.platform}.harbour]\n" + "\n".join(lines) + "\n")

    def secret(self, what: str, value: str) -> None:
        self.monkeypatch.setenv(f"{self.platform}_harbour_{what}".upper(), value)

    def as_service_account(self, **instead: Any) -> None:
        self.secret("credentials", json.dumps(service_account(f"{self.url}/token", **instead)))

    def as_user(self) -> None:
        for name, value in USER.items():
            self.secret(name, value)
