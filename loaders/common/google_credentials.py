"""Google's credentials of an account: where they were put, and whether they are whole.

CREDENTIALS                                a service account's JSON key: its text, or the path of its file
REFRESH_TOKEN, CLIENT_ID, CLIENT_SECRET    a person's consent, given to an OAuth client of one's own
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account
from warehouse import get_settings

from loaders.common.accounts import Account
from loaders.common.errors import AccountMisconfigured

TOKEN_URL = "https://oauth2.googleapis.com/token"
KEYS = {
    "service_account": ("client_email", "private_key", "token_uri"),
    "authorized_user": ("client_id", "client_secret", "refresh_token"),
}
SECRET_KEYS = ("private_key", "client_secret", "refresh_token")
NEEDED = ("refresh_token", "client_id", "client_secret")

Credentials = service_account.Credentials | user_credentials.Credentials


def read(account: Account, *, scope: str) -> tuple[Credentials, list[str]]:
    """The account's credentials for one scope, and what of them must not be shown.

    Raises AccountMisconfigured where they are missing, or not whole.
    """
    given = _given(account)
    _complete(account, given)
    url = str(account.options.get("token_url") or given.get("token_uri") or TOKEN_URL)
    return _credentials(account, given, scope, url), [
        str(given[key]) for key in SECRET_KEYS if given.get(key)
    ]


def _given(account: Account) -> dict[str, Any]:
    """The credentials as Google writes them into its JSON files, wherever they were put."""
    variable = account.secret_env("credentials")
    # Not `account.secret`: a key that is spread over lines is one all the same.
    text = (get_settings().secret(variable) or "").strip()
    if text:
        return _parsed(account, variable, text if text.startswith("{") else _file(account, variable, text))
    if account.optional_secret("refresh_token"):
        return {"type": "authorized_user", **{what: account.secret(what) for what in NEEDED}}
    names = {what: account.secret_env(what) for what in NEEDED}
    raise AccountMisconfigured(
        account.label,
        f"it has no credentials: neither {variable} nor {names['refresh_token']} is set.",
        f"Put a service account's JSON key (or the path of its file) into {variable}, or a refresh token "
        f"into {names['refresh_token']} with {names['client_id']} and {names['client_secret']}.",
    )


def _file(account: Account, variable: str, name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise AccountMisconfigured(
            account.label,
            f"{variable} is neither JSON nor a file that can be read ({type(error).__name__}).",
            f"Put the JSON key of a service account into {variable}, or the path of its file.",
        ) from None


def _parsed(account: Account, variable: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and found.get("type") in KEYS:
        return found
    other = (
        "an OAuth client's own file" if isinstance(found, dict) and set(found) & {"installed", "web"} else ""
    )
    raise AccountMisconfigured(
        account.label,
        f"{variable} holds {other or 'no JSON key of Google'}.",
        f"Make a JSON key for a service account in Google Cloud (IAM > Service accounts > Keys), and put it "
        f"into {variable}.",
    )


def _complete(account: Account, given: Mapping[str, Any]) -> None:
    missing = [
        key for key in KEYS[str(given["type"])] if not isinstance(given.get(key), str) or not given[key]
    ]
    if missing:
        raise AccountMisconfigured(
            account.label,
            f"the key in {account.secret_env('credentials')} has no {', '.join(missing)}.",
            "Download the key again, and put all of it there.",
        )


def _credentials(account: Account, given: Mapping[str, Any], scope: str, url: str) -> Credentials:
    if given["type"] == "authorized_user":
        # The scopes are those that consent was given for; asking for one more would be refused.
        return user_credentials.Credentials(  # type: ignore[no-untyped-call]
            None,
            refresh_token=given["refresh_token"],
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            token_uri=url,
        )
    try:
        # The library names Google's own endpoint as audience, whatever the key says.
        found: service_account.Credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            {**given, "token_uri": url}, scopes=[scope], additional_claims={"aud": url}
        )
        return found
    except (GoogleAuthError, ValueError):
        raise AccountMisconfigured(
            account.label,
            f"the private key in {account.secret_env('credentials')} cannot be read.",
            "Download the JSON key again, and put all of it there, with its line breaks written as \\n.",
        ) from None
