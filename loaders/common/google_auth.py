"""Google's access tokens: a service account that signs for itself, or a person's refresh token.

Signing and the token endpoint are the library's (google-auth). Here a token is had once per run, renewed when
an API refuses it, and whatever comes in its place is told by its cause.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

import requests
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from loaders.common.accounts import Account
from loaders.common.errors import NoNetwork
from loaders.common.google_credentials import Credentials, read
from loaders.common.google_token_refusals import refusal
from loaders.common.http import Redactor

# At DEBUG the library logs requests, which hold what must not be in a log.
logging.getLogger("google.auth").setLevel(logging.INFO)

# The library asks again where the endpoint fails, not where a connection does. One who asks twice has two
# tokens, and no harm is done.
RETRIES = Retry(total=3, status=0, allowed_methods=None, backoff_factor=0.5, respect_retry_after_header=False)


class Tokens:
    """The access tokens of one account in one run; may be used by several threads.

    Nothing is asked for before the first token is wanted, and no second one while the first is good.
    """

    def __init__(self, account: Account, credentials: Credentials, *, secrets: Iterable[str]) -> None:
        self._account = account
        self._credentials = credentials
        self._lock = threading.Lock()
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=RETRIES))
        # Without this, `requests` looks for credentials in a .netrc file.
        self._session.auth = lambda request: request
        # What the library raises does not always tell it.
        self._status = 0
        self._session.hooks["response"].append(self._note)
        self.redact = Redactor(secrets)

    @classmethod
    def of(cls, account: Account, *, scope: str) -> Tokens:
        """The tokens of `account` for one scope; its secrets are read from the environment now."""
        credentials, secrets = read(account, scope=scope)
        return cls(account, credentials, secrets=secrets)

    @property
    def who(self) -> str:
        """Who asks, for messages about missing access."""
        if isinstance(self._credentials, service_account.Credentials):
            return f"the service account {self._credentials.service_account_email}"
        return "the person whose refresh token this is"

    def current(self) -> str:
        """A token that is good for a while. Raises WrongToken, NoToken, TokensFail or NoNetwork."""
        with self._lock:
            if not self._credentials.valid:
                self._refresh()
            return str(self._credentials.token)

    def refused(self, token: str) -> None:
        """Have another one: the API refused this one, whatever its time says. Raises as `current` does."""
        with self._lock:
            if self._credentials.token == token:
                self._refresh()

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def _refresh(self) -> None:
        # Should it fail, the token of before is not good either.
        self._credentials.token, self._status = None, 0
        try:
            self._credentials.refresh(Request(self._session))  # type: ignore[no-untyped-call]
        except TransportError as error:
            raise NoNetwork(
                self._account.label,
                f"Google's token endpoint cannot be reached ({type(error.__cause__ or error).__name__}).",
                "Check this machine's network, and `token_url` in the accounts file if there is one.",
            ) from None
        except (GoogleAuthError, AttributeError, TypeError, ValueError) as error:
            raise refusal(self._account, error, self.redact, status=self._status) from None
        self.redact.add(str(self._credentials.token))

    def _note(self, response: requests.Response, **_: object) -> None:
        self._status = response.status_code
