"""What TikTok's refusals mean, each with its remedy. They come as HTTP 200: only code 0 is an answer."""

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
from loaders.tiktok_ads import settings

OK, PARTLY = 0, 20001
THROTTLES = frozenset({40016, 40100, 40133})
# Tasks that are not ready, an internal time-out, and the vendor's own failures; 60001 is maintenance.
PASSING = frozenset({PARTLY, 40200, 40201, 40202, 40700, 50000, 50002, 51305, 60001})
TOKENS = {
    40102: "it has expired",
    40103: "it has expired",
    40104: "it did not arrive",
    40105: "it is wrong, or was revoked",
    40106: "it is for other advertisers",
    40107: "it is wrong, or was revoked",
    40119: "it is for other advertisers",
}
PERMISSIONS = frozenset({40001, 40125})
# Parameters that are wrong, and a permission that is missing: only the text says which.
PARAMETER = 40002
NO_ADVERTISER = frozenset({40300, 40301})
VERSIONS = frozenset({40006, 40051})
OWN_FAULTS = 50000


@dataclass(frozen=True)
class Refusals:
    """The refusals of one account."""

    account: Account
    redact: Callable[[object], str]

    def of(self, response: requests.Response, body: Any, path: str) -> LoaderError | None:
        """What an answer means that is none; None for one that is. `body` is None where it is no JSON."""
        code = body.get("code") if isinstance(body, dict) else None
        if not isinstance(code, int):
            return self._page(response, path)
        if code == OK:
            return None
        said = f"{self.redact(body.get('message') or 'no message').strip()} (code {code})"
        return self._of_token(code, said) or self._of_vendor(code, said) or self._of_request(code, said, path)

    def malformed(self, what: str) -> MalformedAnswer:
        """The error of an answer that is not what was asked for."""
        return MalformedAnswer(
            self._label, f"{what}; nothing of it was landed.", "Load again; report it if it stays."
        )

    def no_advertiser(self, said: str) -> UnknownShop:
        """The advertiser is not there, or not for this token."""
        return UnknownShop(
            self._label,
            f"there is no such advertiser: {said}.",
            f"Correct `advertiser_id` in [{self._table}], or make a token for it.",
        )

    def throttled_too_long(self, trouble: LoaderError) -> ThrottledTooLong:
        """A limit that stays longer than we wait."""
        return ThrottledTooLong(
            self._label,
            f"{trouble.cause} It stayed for {settings.THROTTLE_PATIENCE_SECONDS / 60:.0f} minutes.",
            "Load again later: a day's limit ends at midnight UTC. Find what else uses up the app's limits.",
        )

    @property
    def _label(self) -> str:
        return self.account.label

    @property
    def _table(self) -> str:
        return f"{self.account.platform}.{self.account.name}"

    def _of_token(self, code: int, said: str) -> LoaderError | None:
        variable = self.account.token_env
        if code in TOKENS:
            return WrongToken(
                self._label,
                f"the vendor does not accept the token in {variable}: {TOKENS[code]} ({said}).",
                f"Let the app in again for this advertiser, and put the new token into {variable}.",
            )
        if code in PERMISSIONS or (code == PARAMETER and "permission" in said.lower()):
            return MissingScope(
                self._label,
                f"the token in {variable} may not read this advertiser: {said}.",
                "Give the app the permissions Ad Account Management and Reporting, let it in again for this "
                f"advertiser, and put the new token into {variable}.",
            )
        return self.no_advertiser(said) if code in NO_ADVERTISER else None

    def _of_vendor(self, code: int, said: str) -> LoaderError | None:
        if code in THROTTLES:
            return ThrottledTooLong(self._label, f"the vendor limits us: {said}.", "Load again later.")
        if code in PASSING or code >= OWN_FAULTS:
            return VendorTrouble(
                self._label, f"the vendor fails: {said}.", "The trouble is on its side: load again later."
            )
        return None

    def _of_request(self, code: int, said: str, path: str) -> LoaderError:
        if code in VERSIONS:
            return VersionExpired(
                self._label,
                f"the vendor no longer serves {settings.API_VERSION} of its API: {said}.",
                "Update Countinghouse to a release that reads a supported version.",
            )
        return QueryRejected(
            self._label,
            f"the vendor refuses {path}: {said}.",
            "This is a defect of Countinghouse, or of its pinned API version: please report it.",
        )

    def _page(self, response: requests.Response, path: str) -> LoaderError:
        """An answer that is none of the API's: the request did not reach it, or something stands in front."""
        status = response.status_code
        kind = response.headers.get("Content-Type") or "no content type"
        what = f"{path} answered HTTP {status} with {len(response.content)} bytes of {kind}"
        if 300 <= status < 500:
            return UnknownShop(
                self._label,
                f"{what}: there is no such API at this address.",
                f"Correct `base_url` in [{self._table}] of the accounts file, or leave it out.",
            )
        return self.malformed(what)
