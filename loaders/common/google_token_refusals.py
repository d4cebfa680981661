"""What the answers of Google's token endpoint mean that are no token, each with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from google.auth.exceptions import RefreshError

from loaders.common.accounts import Account
from loaders.common.errors import LoaderError, VendorTrouble, WrongToken
from loaders.common.google_credentials import NEEDED
from loaders.common.http import Redactor


class NoToken(LoaderError):
    """The token endpoint does not give what it is there for."""

    stops_account = True


class TokensFail(VendorTrouble):
    """The token endpoint keeps failing on Google's side."""

    stops_account = True


@dataclass(frozen=True)
class _Meaning:
    """What one answer of the token endpoint means: it holds `error` and, somewhere in its text, `says`."""

    error: str
    says: str
    cause: str
    remedy: str


_MEANINGS = (
    _Meaning(
        "invalid_grant",
        "invalid jwt signature",
        "the key in {credentials} is not (or no longer) one of that service account's",
        "Make a new JSON key for the service account in Google Cloud, and put it into {credentials}.",
    ),
    _Meaning(
        "invalid_grant",
        "account not found",
        "the service account of {credentials} does not exist (any more)",
        "Make a service account and a JSON key in Google Cloud, and put the key into {credentials}.",
    ),
    _Meaning(
        "invalid_grant",
        "short-lived token",
        "this machine's clock is wrong: Google takes what it signs for too old or too new",
        "Set this machine's clock (or switch on its synchronisation), and load again.",
    ),
    _Meaning(
        "invalid_grant",
        "audience",
        "the token endpoint is another one than the key in {credentials} is for",
        "Take `token_url` out of the accounts file, or correct `token_uri` in {credentials}.",
    ),
    _Meaning(
        "invalid_grant",
        "expired or revoked",
        "the refresh token in {refresh_token} has expired or was revoked",
        "Give consent again and put the new token into {refresh_token}. Tokens of a consent screen whose "
        "state is Testing live for seven days: publish it, or use a service account.",
    ),
    _Meaning(
        "invalid_grant",
        "",
        "Google does not accept the credentials",
        "Give consent again, or make a new JSON key, and put it into {refresh_token} or {credentials}.",
    ),
    _Meaning(
        "invalid_client",
        "",
        "Google does not know the OAuth client, or its secret is another one",
        "Put id and secret of the same OAuth client into {client_id} and {client_secret}.",
    ),
    _Meaning(
        "unauthorized_client",
        "",
        "the refresh token belongs to another OAuth client",
        "Put the client for which consent was given into {client_id} and {client_secret}.",
    ),
    _Meaning(
        "deleted_client",
        "",
        "the OAuth client was deleted",
        "Make a new one in Google Cloud, give consent for it, and replace {client_id}, {client_secret} and "
        "{refresh_token}.",
    ),
    _Meaning(
        "invalid_scope",
        "",
        "the credentials may not be used for this API",
        "Use a key of a Google Cloud service account, or give consent for this API's scope.",
    ),
)


def refusal(account: Account, error: Exception, redact: Redactor, *, status: int) -> LoaderError:
    """What an answer of the token endpoint means; `status` is HTTP's, 0 where none came."""
    first, *rest = error.args or ("",)
    if isinstance(error, RefreshError) and "Reauthentication" in str(first):
        return WrongToken(
            account.label,
            "the user's organisation asks for signing in again (Google Cloud session control).",
            "Use a service account, or exempt the OAuth client from reauthentication; then give consent "
            f"again and put the new token into {account.secret_env('refresh_token')}.",
        )
    body = rest[0] if isinstance(error, RefreshError) and rest else None
    # Trouble comes as a web page as well as in JSON, and the library knows only some of it for what it is.
    if status >= 500 or status in (408, 429) or (isinstance(error, RefreshError) and error.retryable):
        said = f", {_code(body)}" if isinstance(body, Mapping) else ""
        return TokensFail(
            account.label,
            f"Google's token endpoint keeps failing (HTTP {status}{said}).",
            "The trouble is on Google's side: load again later.",
        )
    if not isinstance(body, Mapping):
        return NoToken(
            account.label,
            "the token endpoint does not answer as Google's does (no JSON object).",
            "Take `token_url` out of the accounts file, correct `token_uri` in the key, or look for a proxy "
            "that answers in Google's place; then load again.",
        )
    return _of_body(account, body, redact)


def _of_body(account: Account, body: Mapping[str, Any], redact: Redactor) -> LoaderError:
    said = redact(body.get("error_description") or "no description")
    if "error" not in body and "id_token" in body:
        return NoToken(
            account.label,
            "the token endpoint gave an id_token and no access token: it does not know the scope.",
            "Take `token_url` out of the accounts file if it is there; otherwise update Countinghouse.",
        )
    for one in _MEANINGS:
        if one.error == _code(body) and one.says in said.lower():
            names = {what: account.secret_env(what) for what in ("credentials", *NEEDED)}
            cause = f"{one.cause.format(**names)} ({one.error}: {said})."
            return WrongToken(account.label, cause, one.remedy.format(**names))
    return NoToken(
        account.label,
        f"the token endpoint refuses the request ({_code(body)}: {said}).",
        "Take `token_url` out of the accounts file if it is there; otherwise report this.",
    )


def _code(body: Mapping[str, Any]) -> str:
    return str(body.get("error") or "no code")
