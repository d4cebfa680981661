"""Every fixing that the European Central Bank ever published, against rates carried by hand."""

from __future__ import annotations

import csv
import io
import zipfile
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.conftest import shared_path
from tests.dbt import rawlog
from tests.dbt.conftest import House
from tests.dbt.rates import fixing, publish

SEEN = datetime(2026, 10, 30, 16, tzinfo=UTC)
FIRST, LAST = date(2009, 1, 1), date(2026, 11, 6)
DIGITS = Decimal(10) ** -12


@pytest.fixture(scope="module")
def published() -> dict[date, dict[str, str]]:
    """The file as it is, `N/A` left out."""
    with zipfile.ZipFile(shared_path("data", "ecb", "eurofxref-hist.zip")) as archive:
        text = archive.read("eurofxref-hist.csv").decode()
    return {
        date.fromisoformat(row.pop("Date")): {
            name: rate for name, rate in row.items() if name and rate != "N/A"
        }
        for row in csv.DictReader(io.StringIO(text))
    }


@pytest.fixture(scope="module")
def bank(module_house: House, published: dict[date, dict[str, str]]) -> House:
    rawlog.create(module_house.raw, "ecb")
    publish(module_house.raw, *(fixing(day, rates, seen=SEEN) for day, rates in published.items()))
    module_house.dbt("run", "--select", "staging.ecb", "dim_exchange_rate")
    return module_house


def carried(published: dict[date, dict[str, str]]) -> dict[tuple[str, date], tuple[Decimal, date]]:
    """The rate of every currency and day, and the day of its fixing."""
    by_currency: dict[str, list[tuple[date, str]]] = {}
    for day in sorted(published):
        for currency, rate in published[day].items():
            by_currency.setdefault(currency, []).append((day, rate))
    rates: dict[tuple[str, date], tuple[Decimal, date]] = {}
    for currency, fixings in by_currency.items():
        days = [day for day, _ in fixings]
        for number in range((LAST - FIRST).days + 1):
            wanted = FIRST + timedelta(days=number)
            at = bisect_right(days, wanted) - 1
            if at >= 0 and (wanted - days[at]).days <= 7:
                rates[currency, wanted] = (Decimal(fixings[at][1]), days[at])
    return rates


def test_every_day_of_every_currency(bank: House, published: dict[date, dict[str, str]]) -> None:
    ours = {
        (currency, day): (rate, fixed, reporting)
        for currency, day, rate, fixed, reporting in bank.rows(
            "select currency_code, date_day, rate, fixing_date, reporting_rate from marts.dim_exchange_rate "
            "where currency_code <> 'EUR'"
        )
    }
    theirs = {
        key: (rate, day, (1 / rate).quantize(DIGITS)) for key, (rate, day) in carried(published).items()
    }
    assert len(published) == 7126
    assert ours == theirs


@pytest.mark.parametrize(
    ("currency", "day", "rate", "fixed"),
    [
        ("GBP", "2010-12-01", "0.8393", "2010-12-01"),
        ("GBP", "2010-12-31", "0.86075", "2010-12-31"),
        ("GBP", "2024-12-26", "0.82805", "2024-12-24"),
        ("GBP", "2024-12-27", "0.83098", "2024-12-27"),
        ("USD", "2026-11-06", "1.1172", "2026-10-30"),
        ("EUR", "2026-11-20", "1", "2026-11-20"),
    ],
)
def test_rates_that_are_known(bank: House, currency: str, day: str, rate: str, fixed: str) -> None:
    found = (
        "select rate, fixing_date::text from marts.dim_exchange_rate "
        "where currency_code = %s and date_day = %s"
    )
    assert bank.rows(found, currency, day) == [(Decimal(rate), fixed)]


@pytest.mark.parametrize(
    ("currency", "last"),
    [("BGN", "2026-01-07"), ("HRK", "2023-01-06"), ("RUB", "2022-03-08"), ("USD", "2026-11-06")],
)
def test_currencies_that_end_are_not_carried_on(bank: House, currency: str, last: str) -> None:
    ends = "select max(date_day)::text from marts.dim_exchange_rate where currency_code = %s"
    assert bank.one(ends, currency) == last


def test_a_hole_of_years_stays_a_hole(bank: House) -> None:
    hole = (
        "select count(*) from marts.dim_exchange_rate where currency_code = 'ISK' "
        "and date_day between '2009-01-01' and '2018-01-31'"
    )
    assert bank.one(hole) == 0
