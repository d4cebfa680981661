"""Google Ads' API of one customer: queries, pages, limits, errors. Nothing here knows dlt.

Two habits of the vendor shape this page: whoever reaches an account through a manager has to name the manager
in every request; and an answer without anything to tell has no list at all, not an empty one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from loaders.common.accounts import Account
from loaders.common.crew import Crew
from loaders.common.days import zone_of
from loaders.common.errors import AccountMisconfigured, LoaderError
from loaders.common.google import Google, Json, http_of
from loaders.common.google_auth import Tokens
from loaders.common.http import Patience
from loaders.google_ads import queries, settings
from loaders.google_ads.refusals import PageLost, Refusals, dashed


@dataclass(frozen=True)
class Customer:
    """Which customer answers: its row as sent, and the zone of its days."""

    id: str
    row: Json
    zone: ZoneInfo
    at: datetime


@dataclass
class Client:
    """The API of one customer; may be used by several threads."""

    account: Account
    google: Google
    customer_id: str
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
        number = _number(account, "customer_id", account.option("customer_id"))
        manager: str | None = None
        if account.options.get("login_customer_id") is not None:
            manager = _number(account, "login_customer_id", account.option("login_customer_id"))
        tokens = Tokens.of(account, scope=settings.SCOPE)
        crew = Crew(account.concurrency(settings.CONCURRENCY, most=settings.MOST_CONCURRENCY))
        http = http_of(
            account,
            tokens,
            patience=patience or settings.PATIENCE,
            connections=crew.size,
            headers={"login-customer-id": manager} if manager else {},
            sleep=sleep,
        )
        google = Google(
            account,
            http,
            tokens,
            f"{account.base_url(settings.BASE_URL)}/{settings.API_VERSION}",
            "Google Ads API",
            Refusals(account, tokens.who, number, manager),
            settings.LIMIT_PATIENCE_SECONDS,
            sleep,
        )
        return cls(account, google, number, crew)

    def customer(self) -> Customer:
        """Which customer this is: the first question of every run. A manager is refused, by name."""
        found, at = self.rows(queries.CUSTOMER)
        about = found[0].get("customer") if found else None
        if not isinstance(about, dict) or not about.get("id") or not about.get("timeZone"):
            raise self.google.odd("the customer's own description is missing")
        if about.get("manager"):
            raise self._manager()
        zone = zone_of(self.account, about["timeZone"])
        return Customer(str(about["id"]), found[0], zone, at)

    def rows(self, query: str) -> tuple[list[Json], datetime]:
        """All rows of a query, and the moment that the first page describes."""
        for attempt in range(settings.READS_OF_ONE_QUERY):
            try:
                pages = list(self.pages(query))
            except PageLost:
                if attempt + 1 == settings.READS_OF_ONE_QUERY:
                    raise
                continue
            return [row for rows, _ in pages for row in rows], min(at for _, at in pages)
        raise AssertionError("a query that is read no time at all")

    def pages(self, query: str) -> Iterator[tuple[list[Json], datetime]]:
        """The rows of a query page by page, with the moment each page describes. Raises PageLost."""
        token = ""
        while True:
            asked = {"query": query, "pageToken": token} if token else {"query": query}
            answer = self.google.ask("POST", f"customers/{self.customer_id}/googleAds:search", asked)
            rows = answer.body.get("results", [])
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise self.google.odd("an answer's results are no list of rows")
            yield rows, answer.at
            following = str(answer.body.get("nextPageToken") or "")
            if not following:
                return
            if following == token:
                raise self.google.odd("a page says that there are more, but not where")
            token = following

    def close(self) -> None:
        """Give threads and connections back."""
        self.crew.close()
        self.google.close()

    def _manager(self) -> AccountMisconfigured:
        """The error of an account that has no figures of its own, with those below it that have."""
        own, table = dashed(self.customer_id), f"{self.account.platform}.{self.account.name}"
        try:
            clients = [row["customerClient"] for row in self.rows(queries.CLIENTS)[0]]
        except LoaderError:
            clients = []
        named = [
            f"{one.get('descriptiveName') or 'no name'} ({dashed(str(one.get('id')))})"
            for one in clients
            if not one.get("manager") and not one.get("hidden")
        ]
        shown = ", ".join(named[: settings.CLIENTS_NAMED])
        more = (
            f" and {len(named) - settings.CLIENTS_NAMED} more" if len(named) > settings.CLIENTS_NAMED else ""
        )
        return AccountMisconfigured(
            self.account.label,
            f"customer {own} is a manager account, which has no figures of its own; "
            f"its clients: {shown or 'none that can be seen'}{more}.",
            f'Set customer_id to a client\'s number and login_customer_id = "{own}" in [{table}], with an '
            "account of its own for each client.",
        )


def _number(account: Account, option: str, given: str) -> str:
    digits = given.replace("-", "").replace(" ", "")
    if len(digits) != 10 or not digits.isdecimal() or not digits.isascii():
        raise AccountMisconfigured(
            account.label,
            f"`{option}` in the accounts file is no customer's number: {given!r}.",
            'Write the ten digits at the top of Google Ads, as "123-456-7890".',
        )
    return digits
