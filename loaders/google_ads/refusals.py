"""What Google Ads' refusals mean, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.common.accounts import Account
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    QueryRejected,
    ThrottledTooLong,
    VersionExpired,
    WrongToken,
)
from loaders.common.google_problems import NoAccess, Problem
from loaders.google_ads import settings

_DELAY = re.compile(r"(\d+(?:\.\d+)?)s")
_RETRY_IN = re.compile(r"Retry in (\d+) seconds")
LIMITS = frozenset(
    {
        "RESOURCE_EXHAUSTED",
        "RESOURCE_TEMPORARILY_EXHAUSTED",
        "EXCESSIVE_SHORT_TERM_QUERY_RESOURCE_CONSUMPTION",
        "EXCESSIVE_LONG_TERM_QUERY_RESOURCE_CONSUMPTION",
    }
)
NOT_APPROVED = frozenset(
    {
        "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION",
        "ACTION_NOT_PERMITTED",
        "DEVELOPER_TOKEN_NOT_APPROVED",
        "DEVELOPER_TOKEN_PROHIBITED",
    }
)
PAGE_TOKENS = frozenset({"EXPIRED_PAGE_TOKEN", "INVALID_PAGE_TOKEN"})


class PageLost(LoaderError):
    """The list of rows that a page belongs to is no longer kept at the vendor."""


@dataclass(frozen=True)
class Failure:
    """One of the errors of a refusal: the vendor's code, its words, the seconds it asks to wait."""

    code: str
    message: str
    delay: float | None


def failures(problem: Problem) -> Iterator[Failure]:
    """The errors of a refusal, in the vendor's order."""
    for detail in problem.details:
        for one in detail.get("errors") or []:
            codes = one.get("errorCode") or {}
            yield Failure(
                str(next(iter(codes.values()), "no code")),
                str(one.get("message") or "no message"),
                _delay(one.get("details") or {}),
            )


@dataclass(frozen=True)
class Refusals:
    """The limits and refusals of one account."""

    account: Account
    who: str
    customer: str
    manager: str | None

    def pause(self, problem: Problem, attempt: int) -> float | None:
        """Seconds after which a limit may be gone, by the vendor's word where it gives one."""
        found = list(failures(problem))
        if problem.http != 429 and not any(one.code in LIMITS for one in found):
            return None
        told = [one.delay for one in found if one.delay is not None] or [
            float(waits[1]) for one in found if (waits := _RETRY_IN.search(one.message))
        ]
        if problem.told is not None:
            told.append(problem.told)
        return max(told) if told else settings.PATIENCE.wait(attempt)

    def refusal(self, problem: Problem) -> LoaderError | None:
        """The error of a refusal; None where it is not this API's own."""
        found = list(failures(problem))
        codes = {one.code for one in found}
        said = self.words(problem)
        if problem.http == 429 or codes & LIMITS:
            return self._limited(said)
        if codes & PAGE_TOKENS:
            return PageLost(self.account.label, f"a page of a list is gone: {said}", "Load again.")
        if "UNSUPPORTED_VERSION" in codes:
            return VersionExpired(
                self.account.label,
                f"Google Ads no longer serves {settings.API_VERSION} of its API: {said}",
                "Update Countinghouse to a release that reads a supported version.",
            )
        refused = self._of_access(codes, said)
        # Failures of the vendor's own and tokens that it refuses carry a code of this API as well.
        if refused or problem.http in (401, 408) or problem.http >= 500:
            return refused
        return self._of_query(codes, said)

    def words(self, problem: Problem) -> str:
        """What the vendor says: each error of the refusal in its own words."""
        return "; ".join(one.message for one in failures(problem)) or problem.message

    def _limited(self, said: str) -> LoaderError:
        return ThrottledTooLong(
            self.account.label,
            f"the limit of Google Ads' API is used up: {said}",
            "Load again when it is back: what was not read is read then. If it stays, look for what else "
            "asks with these credentials, or ask Google for a higher access level of the Cloud project.",
        )

    def _of_access(self, codes: set[str], said: str) -> LoaderError | None:
        label, table = self.account.label, f"{self.account.platform}.{self.account.name}"
        customer = dashed(self.customer)
        if "USER_PERMISSION_DENIED" in codes:
            remedy = (
                f"Check that manager {dashed(self.manager)} (`login_customer_id` in [{table}]) manages it, "
                f"and that {self.who} is a user of that manager."
                if self.manager
                else f"Make {self.who} a user of the account (Admin > Access and security); where access "
                f"goes through a manager account, set login_customer_id to its number in [{table}]."
            )
            return NoAccess(label, f"{self.who} may not see customer {customer}: {said}", remedy)
        if "CUSTOMER_NOT_ENABLED" in codes:
            return NoAccess(
                label,
                f"customer {customer} is not set up yet, or was closed: {said}",
                "Have its owner complete or reopen it, or take the account out of the accounts file.",
            )
        if "NOT_ADS_USER" in codes:
            return WrongToken(
                label,
                f"{self.who} has no access to any Google Ads account: {said}",
                "Make it a user of the account (Admin > Access and security).",
            )
        if codes & {"CUSTOMER_NOT_FOUND", "INVALID_CUSTOMER_ID", "INVALID_LOGIN_CUSTOMER_ID"}:
            return AccountMisconfigured(
                label,
                f"there is no customer {customer}, or no manager {dashed(self.manager) or '(unset)'}: {said}",
                f"Correct `customer_id` and `login_customer_id` in [{table}]: the ten digits at the top of "
                "Google Ads.",
            )
        if codes & NOT_APPROVED:
            return NoAccess(
                label,
                f"the Google Cloud project of the credentials may read test accounts only: {said}",
                "Apply for Explorer or Basic access to Google Ads' API for that project.",
            )
        return None

    def _of_query(self, codes: set[str], said: str) -> LoaderError | None:
        if "REQUESTED_METRICS_FOR_MANAGER" in codes:
            return AccountMisconfigured(
                self.account.label,
                f"customer {dashed(self.customer)} is a manager account, which has no figures: {said}",
                "Name one of its clients as `customer_id`, and itself as `login_customer_id`.",
            )
        if not codes:
            return None
        return QueryRejected(
            self.account.label,
            f"Google Ads refuses a query: {said} ({', '.join(sorted(codes))}).",
            f"This is a defect of Countinghouse, or of its pinned version {settings.API_VERSION}: please "
            "report it.",
        )


def dashed(number: str | None) -> str:
    """A customer's number as Google Ads shows it."""
    return f"{number[:3]}-{number[3:6]}-{number[6:]}" if number else ""


def _delay(details: dict[str, Any]) -> float | None:
    """The vendor's `retryDelay`, a duration as `5603s`."""
    written = str((details.get("quotaErrorDetails") or {}).get("retryDelay") or "")
    found = _DELAY.fullmatch(written)
    return float(found[1]) if found else None
