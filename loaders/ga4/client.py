"""Google Analytics' Data API of one property: reports, limits, errors. Nothing here knows dlt.

Two habits of the vendor shape this page: a property that does not exist and one that the credentials may not
see are the same refusal; and a limit says in words, not in a header, when it is over.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from loaders.common.accounts import Account
from loaders.common.crew import Crew
from loaders.common.days import zone_of
from loaders.common.errors import AccountMisconfigured, LoaderError, QueryRejected, ThrottledTooLong
from loaders.common.google import Answer, Google, Json, http_of
from loaders.common.google_auth import Tokens
from loaders.common.google_problems import NoAccess, Problem
from loaders.common.http import Patience
from loaders.ga4 import settings
from loaders.ga4.reports import PROBE, REPORTS

_RETURN = re.compile(r"return in under (an|\d+) (minute|hour)", re.IGNORECASE)
_UNITS = {"minute": 60.0, "hour": 3600.0}


@dataclass(frozen=True)
class Property:
    """Which property answers: its description as sent, its currency and the zone of its days."""

    id: str
    metadata: Json
    currency: str
    zone: ZoneInfo
    at: datetime

    def blocked(self) -> dict[str, str]:
        """The metrics that are always 0 for these credentials, each with the vendor's reason."""
        wanted = {name for report in REPORTS for name in report.metrics}
        return {
            str(one["apiName"]): ", ".join(map(str, one["blockedReasons"]))
            for one in self.metadata.get("metrics") or []
            if one.get("blockedReasons") and one.get("apiName") in wanted
        }


@dataclass
class Client:
    """The API of one property; may be used by several threads."""

    account: Account
    google: Google
    property_id: str
    crew: Crew

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`; its credentials are read from the environment now."""
        number, base = _property_id(account), account.base_url(settings.BASE_URL)
        tokens = Tokens.of(account, scope=settings.SCOPE)
        crew = Crew(account.concurrency(settings.CONCURRENCY, most=settings.MOST_CONCURRENCY))
        patience = patience or settings.PATIENCE
        http = http_of(account, tokens, patience=patience, connections=crew.size, sleep=sleep)
        google = Google(
            account,
            http,
            tokens,
            f"{base}/{settings.API_VERSION}",
            "Google Analytics Data API",
            Limits(account, tokens.who, number),
            settings.LIMIT_PATIENCE_SECONDS,
            sleep,
        )
        return cls(account, google, number, crew)

    def property(self) -> Property:
        """Which property this is: the first questions of every run."""
        metadata = self.google.ask("GET", f"properties/{self.property_id}/metadata")
        answer = self.reports([PROBE])
        about = answer.body["reports"][0].get("metadata") or {}
        if not about.get("timeZone"):
            raise self.google.odd("the property's own report names no time zone")
        currency, zone = str(about.get("currencyCode", "")), zone_of(self.account, about["timeZone"])
        return Property(self.property_id, metadata.body, currency, zone, min(metadata.at, answer.at))

    def reports(self, requests: Sequence[Json]) -> Answer:
        """A batch of reports; the answer has one for each, in their order."""
        path = f"properties/{self.property_id}:batchRunReports"
        answer = self.google.ask("POST", path, {"requests": list(requests)})
        found = answer.body.get("reports")
        if not isinstance(found, list) or len(found) != len(requests):
            raise self.google.odd("a batch of reports has another number of answers than questions")
        return answer

    def close(self) -> None:
        """Give threads and connections back."""
        self.crew.close()
        self.google.close()


@dataclass(frozen=True)
class Limits:
    """What this API's limits and refusals mean."""

    account: Account
    who: str
    property_id: str

    def pause(self, problem: Problem, attempt: int) -> float | None:
        """Seconds after which the limit may be gone; None for what takes longer than a run can wait."""
        if problem.http != 429:
            return None
        if problem.told is not None:
            return problem.told
        longest = _returns_within(problem.message)
        # Not at once again: refusals count as well.
        return max(settings.BUSY_SECONDS, longest / 3) if longest is not None else None

    def refusal(self, problem: Problem) -> LoaderError | None:
        """The error of a refusal; None where it is not this API's own."""
        label, said = self.account.label, problem.message
        if problem.http == 429:
            return ThrottledTooLong(
                label,
                f"the quota of property {self.property_id} is used up: {said}",
                "Load again when it is back: what was not read is read then. If it stays, look for what else "
                "asks this property (dashboards, connectors), or let `since` begin later.",
            )
        if problem.status and (problem.http in (403, 404) or "Invalid property ID" in said):
            return NoAccess(
                label,
                f"property {self.property_id} does not exist, or {self.who} may not see it: {said}",
                f"Correct `property_id` in [{self.account.platform}.{self.account.name}] (Admin > Property > "
                f"Property details), or make {self.who} a Viewer of the property (Property access "
                "management).",
            )
        if problem.http == 400:
            return QueryRejected(
                label,
                f"Google Analytics refuses a report: {said} ({problem.status}).",
                "This is a defect of Countinghouse, or a field that Google has withdrawn: please report it.",
            )
        return None

    def words(self, problem: Problem) -> str:
        """What the vendor says."""
        return problem.message


def _returns_within(message: str) -> float | None:
    """The seconds in which a limit is over, as its message says; None for those that outlast our patience."""
    if "concurrent" in message:
        return 0.0
    found = _RETURN.search(message)
    if not found:
        return None
    number = 1.0 if found[1].lower() == "an" else float(found[1])
    seconds = number * _UNITS[found[2].lower()]
    return seconds if seconds <= settings.LIMIT_PATIENCE_SECONDS else None


def _property_id(account: Account) -> str:
    number = account.option("property_id").removeprefix("properties/")
    if not number.isdecimal() or not number.isascii():
        raise AccountMisconfigured(
            account.label,
            f"`property_id` in the accounts file is no property: {number!r}.",
            "Write the number of Admin > Property details; a measurement id (G-…) is another thing.",
        )
    return number
