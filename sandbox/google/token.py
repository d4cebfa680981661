"""The token endpoint: a signed JWT or a refresh token against an access token.

Checks come in the order in which Google was seen to make them: structure, signature, issuer, times, scope,
audience. Its errors are OAuth's (`error`, `error_description`), not the envelope of Google's APIs.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.google import jwt
from sandbox.google.people import LIFETIME, SCOPES, Caller, People, key_id

BY_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
PUBLIC = ("https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token")
LONGEST = 3600
TOO_LONG = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


class Refused(Exception):
    """No token: `{"error", "error_description"}`."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status

    def body(self) -> dict[str, str]:
        """The JSON body."""
        return {"error": self.error, "error_description": self.description}


@dataclass(frozen=True)
class Asked:
    """A request for a token, and whose credentials are in it: nobody's as long as nothing fits."""

    form: Mapping[str, str]
    caller: Caller | None


def asked(people: People, form: Mapping[str, str]) -> Asked:
    """Find out whose credentials these claim to be, believing nothing."""
    if form.get("grant_type") == BY_JWT:
        try:
            claims = jwt.Jwt.read(form.get("assertion", "")).claims
        except jwt.Malformed:
            return Asked(form, None)
        return Asked(form, people.service_account(claims.get("iss")))
    token = form.get("refresh_token")
    return Asked(form, next((one for one in people.users() if one.refresh_token == token), None))


def answer(people: People, request: Asked, *, address: str, revoked: bool) -> dict[str, Any]:
    """The token, or `Refused`. `revoked`: the key was deleted, or the user took the consent back."""
    kind = request.form.get("grant_type", "")
    if kind == BY_JWT:
        return _by_jwt(people, request, address=address, revoked=revoked)
    if kind == "refresh_token":
        return _by_refresh_token(people, request, revoked=revoked)
    raise Refused("unsupported_grant_type", f"Invalid grant_type: {kind}")


def _by_jwt(people: People, request: Asked, *, address: str, revoked: bool) -> dict[str, Any]:
    try:
        assertion = jwt.Jwt.read(request.form.get("assertion", ""))
    except jwt.Malformed:
        raise Refused("invalid_request", "Bad Request") from None
    if revoked or not assertion.is_signed_by(jwt.private_key().public_key()):
        raise Refused("invalid_grant", "Invalid JWT Signature.")
    claims, caller = assertion.claims, request.caller
    if caller is None:
        raise Refused("invalid_grant", "Invalid grant: account not found")
    _check_times(claims)
    scopes = frozenset(str(claims.get("scope") or "").split())
    if not scopes:
        raise Refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    if claims.get("aud") not in (address, *PUBLIC):
        raise Refused("invalid_grant", "Invalid JWT: Failed audience check.")
    if claims.get("sub", caller.email) != caller.email:
        raise Refused(
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
            "for any of the scopes requested.",
            status=401,
        )
    if not scopes <= SCOPES:
        return {"id_token": _id_token(caller, claims)}
    return {"access_token": people.grant(caller, scopes), "expires_in": LIFETIME, "token_type": "Bearer"}


def _check_times(claims: Mapping[str, Any]) -> None:
    issued, ends = _seconds(claims.get("iat")), _seconds(claims.get("exp"))
    if issued is None:
        raise Refused("invalid_grant", "Invalid JWT: iat (issued at) is not set.")
    if ends is None:
        raise Refused("invalid_grant", "Invalid JWT: exp (expiration time) is not set.")
    now = time.time()
    if ends <= now or issued > now or ends - issued > LONGEST:
        raise Refused("invalid_grant", TOO_LONG)


def _seconds(value: Any) -> float | None:
    """A time, which may come as digits in a text."""
    if isinstance(value, str) and value.isdigit():
        return float(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _by_refresh_token(people: People, request: Asked, *, revoked: bool) -> dict[str, Any]:
    form, caller = request.form, request.caller
    if not form.get("client_id"):
        raise Refused("invalid_request", "Could not determine client ID from request.")
    clients = {one.client_id: one for one in people.users()}
    client = clients.get(form["client_id"])
    if client is None:
        raise Refused("invalid_client", "The OAuth client was not found.", status=401)
    if form.get("client_secret") != client.client_secret:
        raise Refused("invalid_client", "Unauthorized", status=401)
    if not form.get("refresh_token"):
        raise Refused("invalid_request", "Missing required parameter: refresh_token")
    if caller is None or revoked:
        raise Refused("invalid_grant", "Token has been expired or revoked.")
    if caller.client_id != client.client_id:
        raise Refused("unauthorized_client", "Unauthorized", status=401)
    scope = people.scope_of(caller.platform)
    token = people.grant(caller, frozenset({scope}))
    return {"access_token": token, "expires_in": LIFETIME, "scope": scope, "token_type": "Bearer"}


def _id_token(caller: Caller, claims: Mapping[str, Any]) -> str:
    now = int(time.time())
    about = {"iss": "https://accounts.google.com", "sub": caller.email, "aud": str(claims.get("scope"))}
    return jwt.signed({**about, "iat": now, "exp": now + LONGEST}, key_id=key_id())
