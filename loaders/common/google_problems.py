"""What a Google API says is wrong, and what those refusals mean that every one of its APIs has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import requests

from loaders.common.accounts import Account
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    QueryRejected,
    ThrottledTooLong,
    VendorTrouble,
    WrongToken,
)
from loaders.common.http import retry_after

Json = dict[str, Any]


class NoAccess(LoaderError):
    """The credentials are good and may not see this account, or not through this API."""

    stops_account = True


@dataclass(frozen=True)
class Problem:
    """What Google says is wrong. `status` is '' where the answer is not Google's envelope of errors."""

    http: int
    status: str = ""
    message: str = ""
    details: list[Json] = field(default_factory=list)
    told: float | None = None

    @property
    def reasons(self) -> set[str]:
        """The reasons in the details, as SERVICE_DISABLED."""
        return {str(one["reason"]) for one in self.details if one.get("reason")}


def problem_of(response: requests.Response, redact: Callable[[object], str]) -> Problem:
    """What an answer that is no success says, without secrets."""
    told = retry_after(response)
    try:
        body = _clean(orjson.loads(response.content), redact)
    except orjson.JSONDecodeError:
        return Problem(response.status_code, told=told)
    # Streams of answers wrap their one error in a list.
    first = body[0] if isinstance(body, list) and body else body
    error = first.get("error") if isinstance(first, dict) else None
    if not isinstance(error, dict):
        return Problem(response.status_code, told=told)
    return Problem(
        response.status_code,
        str(error.get("status") or error.get("code") or "no status"),
        str(error.get("message") or "no message").strip(),
        [one for one in error.get("details") or [] if isinstance(one, dict)],
        told,
    )


def _clean(said: Any, redact: Callable[[object], str]) -> Any:
    """The same without secrets in any of its texts."""
    if isinstance(said, str):
        return redact(said)
    if isinstance(said, dict):
        return {key: _clean(value, redact) for key, value in said.items()}
    return [_clean(one, redact) for one in said] if isinstance(said, list) else said


@dataclass(frozen=True)
class Common:
    """The refusals of any API of Google's, for one account."""

    account: Account
    api: str
    base_url: str

    def of_project(self, problem: Problem) -> LoaderError | None:
        """The error of a project or a consent that does not cover the API; None where it is another."""
        label = self.account.label
        if "SERVICE_DISABLED" in problem.reasons or "it is disabled" in problem.message:
            return NoAccess(
                label,
                f"the {self.api} is not enabled in the Google Cloud project of the credentials: "
                f"{problem.message}",
                "Enable it there (APIs & Services > Library), wait some minutes, load again.",
            )
        if "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in problem.reasons or "authentication scopes" in problem.message:
            return NoAccess(
                label,
                f"the consent behind the refresh token does not cover the {self.api}: {problem.message}",
                f"Give consent again with its scope, and put the new token into "
                f"{self.account.secret_env('refresh_token')}.",
            )
        return None

    def of_any(self, problem: Problem) -> LoaderError:
        """The error of what the API itself does not explain."""
        label, said = self.account.label, problem.message or "no message"
        if problem.http == 401:
            return WrongToken(
                label,
                f"the {self.api} does not accept a token that was just given: {said}",
                "Look whether the user or service account still exists, and whether `token_url` (if there is "
                "one) belongs to `base_url`; or make new credentials.",
            )
        if not problem.status:
            return self._no_envelope(problem)
        if problem.http >= 500 or problem.http == 408:
            return VendorTrouble(
                label,
                f"the {self.api} keeps failing (HTTP {problem.http}: {said}).",
                "The trouble is on Google's side: load again later.",
            )
        return QueryRejected(
            label,
            f"the {self.api} refuses a request: {said} ({problem.status}, HTTP {problem.http}).",
            "This is a defect of Countinghouse, or of the API's pinned version: please report it.",
        )

    def _no_envelope(self, problem: Problem) -> LoaderError:
        label = self.account.label
        if problem.http in (404, 405) or 300 <= problem.http < 400:
            return AccountMisconfigured(
                label,
                f"there is no {self.api} at {self.base_url} (HTTP {problem.http}, a web page).",
                "Take `base_url` out of the accounts file; if it is not there, update Countinghouse.",
            )
        if problem.http == 429:
            return ThrottledTooLong(label, f"the {self.api} limits us (HTTP 429).", "Load again later.")
        return VendorTrouble(
            label,
            f"the {self.api} answers HTTP {problem.http} without saying why.",
            "Load again later; if it stays, look for a proxy that answers in Google's place.",
        )
