"""Fixings of the European Central Bank as the loader lands them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from psycopg2.extensions import connection as Connection

from tests.dbt.rawlog import Version, land

# Fixed once a week for tests in which rates matter to nobody: every day of the year is within seven days.
USUAL = {"GBP": "0.85", "USD": "1.10", "NZD": "1.80"}
YEAR = [date(2025, 12, 25) + timedelta(days=7 * week) for week in range(60)]


def fixing(day: date, rates: object, *, seen: datetime | None = None, account: str = "reference") -> Version:
    """The rates of one day, read in its afternoon unless said otherwise."""
    seen = seen or datetime.combine(day, time(16), tzinfo=UTC)
    body = {"date": day.isoformat(), "rates": rates}
    return Version(account, "exchange_rates", day.isoformat(), body, None, seen, platform="ecb")


def publish(raw: Connection, *fixings: Version, complete: bool = True) -> str:
    """Land fixings as one load; returns its id."""
    return land(raw, fixings, complete=complete)


def publish_usual(raw: Connection) -> None:
    """A year of fixings."""
    publish(raw, *(fixing(day, USUAL) for day in YEAR))
