"""What Meta's refusals mean, each with its remedy: by code and subcode, as texts and statuses change.

Limits come as HTTP 400, passing trouble as 400 or 500, and any error may come as HTTP 200.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from loaders.common.accounts import Account
from loaders.common.errors import (
    LoaderError,
    MalformedAnswer,
    MissingScope,
    QueryRejected,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    VersionExpired,
    WrongToken,
)
from loaders.meta_ads import settings

# The app's, the user's, a page's and the account's limits; from 80000 on those of a business use case.
THROTTLES = frozenset({4, 17, 32, 613, *range(80000, 80015)})
TOKEN, SESSION = 190, 102
MISSING_TOKEN = 104
EXPIRED, PASSWORD, REMOVED, CHECKPOINT, UNCONFIRMED = 463, 460, 458, 459, 464
PERMISSIONS = frozenset({3, 10, 200, 294})
BAD_CURSOR, OLD_VERSION, TOO_FAR_BACK = 2642, 2635, 3018
INVISIBLE, NO_DATA = 33, 1504041
TOO_BIG, TIMED_OUT = 1487534, frozenset({1504018, 1504038})
# Batches that time out, and reports that cannot be opened yet.
PASSING = frozenset({1, 2, 960, 2601})
# Subcode -> what is wrong with the token, and what to do about it.
TOKENS = {
    EXPIRED: ("it has expired", "Make one of a system user, which does not expire"),
    PASSWORD: ("its person changed the password, or Meta ended the session", "Make a new one"),
    REMOVED: ("its person removed the app", "Let the app in again and make a new one"),
    CHECKPOINT: ("Meta wants to check its person", "Log in to Facebook as that person, then make a new one"),
    UNCONFIRMED: ("its person's account is not confirmed", "Confirm it at Facebook and make a new one"),
}
NO_TOKEN = ("it is no valid token", "Copy it again, or make a new one")


class TooMuch(LoaderError):
    """The vendor does not put up with so much in one answer."""


class CursorLost(LoaderError):
    """The vendor no longer knows the page that it pointed at."""


@dataclass(frozen=True)
class Refusals:
    """The refusals of one account."""

    account: Account
    redact: Callable[[object], str]

    def of(self, response: requests.Response, body: Any, path: str) -> LoaderError | None:
        """What an answer means that is none; None for one that is. `body` is None where it is no JSON."""
        error = body.get("error") if isinstance(body, dict) else None
        if isinstance(error, dict):
            return self._error(error, response.status_code, path)
        if isinstance(body, dict) and response.ok:
            return None
        return self._page(response, path)

    def malformed(self, what: str) -> MalformedAnswer:
        """The error of an answer that is not what was asked for."""
        return MalformedAnswer(
            self._label, f"{what}; nothing of it was landed.", "Load again; report it if it stays."
        )

    def throttled_too_long(self, trouble: LoaderError, seconds: float) -> ThrottledTooLong:
        """A limit that stays longer than we wait."""
        return ThrottledTooLong(
            self._label,
            f"{trouble.cause} It asks for {seconds / 60:.0f} more minutes.",
            "Load again after that time, or find what else uses up the limits of this ad account.",
        )

    @property
    def _label(self) -> str:
        return self.account.label

    def _error(self, error: dict[str, Any], status: int, path: str) -> LoaderError:
        code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
        words = self.redact(error.get("error_user_msg") or error.get("message") or "no message").strip()
        said = f"{words} (code {code}{f'/{subcode}' if subcode else ''})"
        message = str(error.get("message", "")).lower()
        if code in THROTTLES:
            return ThrottledTooLong(
                self._label, f"the vendor limits this ad account: {said}.", "Load again later."
            )
        if subcode in {TOO_BIG, *TIMED_OUT} or (code == 1 and "reduce the amount" in message):
            return TooMuch(
                self._label, f"{path} is too much at once: {said}.", "Load again, fewer days at a time."
            )
        if code in (TOKEN, SESSION):
            return self._token(subcode, said)
        if "appsecret_proof" in message or (code == MISSING_TOKEN and "signature" in message):
            return self._proof(said)
        if code == MISSING_TOKEN:
            return WrongToken(
                self._label,
                f"the token did not reach the vendor: {said}.",
                "Look for a proxy on the way that takes the Authorization header out of requests.",
            )
        return self._refused(code, subcode, said, path) or self._other(error, status, code, said, path)

    def _refused(self, code: int, subcode: int, said: str, path: str) -> LoaderError | None:
        """What is about the account or the API itself."""
        if code == OLD_VERSION:
            return VersionExpired(
                self._label,
                f"the vendor no longer serves {settings.API_VERSION} of its API: {said}.",
                "Update Countinghouse to a release that reads a supported version.",
            )
        if code == 100 and subcode == INVISIBLE:
            return UnknownShop(
                self._label,
                f"there is no {path}, or the token may not see it: {said}.",
                f"Correct `account_id` in [{self._table}], or assign the ad account to the token's user.",
            )
        if code in PERMISSIONS or (code == 100 and "missing permission" in said.lower()):
            return MissingScope(
                self._label,
                f"the token may not read {path}: {said}.",
                f"Grant ads_read on this ad account to the user of the token in {self.account.token_env}.",
            )
        if code == BAD_CURSOR:
            return CursorLost(self._label, f"{path} lost its place: {said}.", "Load again.")
        return None

    def _other(self, error: dict[str, Any], status: int, code: int, said: str, path: str) -> LoaderError:
        """Passing trouble, or a question that the vendor does not take."""
        passes = bool(error.get("is_transient")) or code in PASSING or status >= 500
        if passes and _number(error.get("error_subcode")) != NO_DATA:
            return VendorTrouble(
                self._label,
                f"the vendor fails at {path}: {said}.",
                "Look at the vendor's status page (metastatus.com); load again later.",
            )
        remedy = "This is a defect of Countinghouse, or of its pinned API version: please report it."
        if code == TOO_FAR_BACK:
            remedy = "Ask for days of the last 37 months."
        return QueryRejected(self._label, f"the vendor refuses {path}: {said}.", remedy)

    def _token(self, subcode: int, said: str) -> WrongToken:
        variable = self.account.token_env
        why, what_to_do = TOKENS.get(subcode, NO_TOKEN)
        return WrongToken(
            self._label,
            f"the vendor does not accept the token in {variable}, {why}: {said}.",
            f"{what_to_do}, with ads_read, and put it into {variable}.",
        )

    def _proof(self, said: str) -> WrongToken:
        variable = self.account.secret_env("app_secret")
        return WrongToken(
            self._label,
            f"the vendor does not accept the proof of the app's secret: {said}.",
            f"Put the secret of the app that the token in {self.account.token_env} was made with into "
            f"{variable}.",
        )

    def _page(self, response: requests.Response, path: str) -> LoaderError:
        """An answer that is no JSON object."""
        status = response.status_code
        kind = response.headers.get("Content-Type") or "no content type"
        what = f"{path} answered HTTP {status} with {len(response.content)} bytes of {kind}"
        if 300 <= status < 400 or status == 404:
            return UnknownShop(
                self._label,
                f"{what}: there is no such API at this address.",
                f"Correct `base_url` in [{self._table}] of the accounts file, or leave it out.",
            )
        if status >= 400:
            return VendorTrouble(
                self._label,
                f"{what}.",
                "Look at the vendor's status page (metastatus.com) and at proxies on the way; load again.",
            )
        return self.malformed(what)

    @property
    def _table(self) -> str:
        return f"{self.account.platform}.{self.account.name}"


def _number(value: object) -> int:
    """A code, which the vendor writes as a number or as text; 0 where there is none."""
    try:
        return int(str(value))
    except ValueError:
        return 0
