"""ROAS and CAC are of the days whose spend is known; what was sold on the others is in the sales alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

import warehouse
from orchestration.cli.ad_costs import Line, read, together
from tests.conftest import new_database
from warehouse import Settings

LAST = date(2026, 8, 30)
DAYS = [LAST - timedelta(days=back) for back in reversed(range(35))]
# What the summary reads of the marts; what they say of such days is tested with the models.
MARTS = """
create table marts.dim_store (store_key text, store_name text);
create table marts.agg_daily_summary (
    store_key text, date_day date, reporting_currency_code text, reporting_total_sales numeric,
    new_customers bigint, is_provisional boolean, ad_accounts bigint, is_spend_partial boolean,
    reporting_ad_spend numeric
);
create table marts.dim_ad_account (
    account_key text, platform text, account_id text, store_key text, first_day date, ended_on date
);
create table marts.fct_ad_restatements (
    account_key text, date_day date, is_latest boolean, spend_amount numeric
);
create table marts.agg_daily_channel (
    store_key text, date_day date, ad_accounts bigint, reporting_ad_spend numeric,
    reporting_currency_code text, is_provisional boolean
);
grant select on all tables in schema marts to public;
"""


def back(day: date) -> int:
    return (LAST - day).days


class Marts:
    """Stores that sell 1,000 to two new customers a day, one as the other but for what is known of it."""

    def __init__(self) -> None:
        self.connection = warehouse.connect("owner")
        self.insert(MARTS)

    def insert(self, statement: str, *values: object) -> None:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)

    def store(self, name: str, *, accounts: int = 1, ended_on: date | None = None) -> None:
        self.insert("insert into marts.dim_store values (%s, %s)", name, name.title())
        for platform in ("google_ads", "meta_ads")[:accounts]:
            key = f"{platform}/{name}"
            self.insert(
                "insert into marts.dim_ad_account values (%s, %s, %s, %s, %s, %s)",
                *(key, platform, name, name, DAYS[0], ended_on),
            )

    def day(
        self, store: str, day: date, spend: int | None, *, told: int = 1, sales: int | None = 1000
    ) -> None:
        """A day of a store, of which so many of its accounts told."""
        counted = "select count(*) from marts.dim_ad_account where store_key = %s and ended_on is null"
        self.insert(
            "insert into marts.agg_daily_summary "
            f"values (%s, %s, 'EUR', %s, 2, true, %s, %s < ({counted}), %s)",
            *(store, day, sales, told, told, store, spend),
        )
        for platform in ("google_ads", "meta_ads")[:told]:
            values = (f"{platform}/{store}", day)
            self.insert("insert into marts.fct_ad_restatements values (%s, %s, true, 100)", *values)


@pytest.fixture(scope="module")
def lines(server: Settings) -> Iterator[dict[str | None, Line]]:
    with pytest.MonkeyPatch.context() as patch:
        for _ in new_database(patch):
            build(Marts())
            yield {line.store: line for line in read()}


def build(marts: Marts) -> None:
    for store, accounts in {"whole": 1, "unpriced": 1, "unread": 2, "abroad": 1, "quiet": 0}.items():
        marts.store(store, accounts=accounts)
    marts.store("ended", ended_on=DAYS[5])
    for day in DAYS:
        marts.day("whole", day, 100)
        marts.day("unpriced", day, 100 if back(day) >= 20 else None)
        marts.day("unread", day, 100, told=1 if back(day) < 3 else 2)
        marts.day("abroad", day, 100, sales=None if back(day) < 10 else 1000)
        marts.day("quiet", day, None, told=0)
        marts.day("ended", day, 100 if day <= DAYS[5] else None, told=1 if day <= DAYS[5] else 0)
        for amount in (7, None if back(day) == 8 else 3):
            spent = "insert into marts.agg_daily_channel values (null, %s, 1, %s, 'EUR', false)"
            marts.insert(spent, day, amount)
        # visits of a property of no store, and a store's own spend: neither is spend of no store
        visits = "insert into marts.agg_daily_channel values (null, %s, 0, null, 'EUR', true)"
        marts.insert(visits, day)
        marts.insert("insert into marts.agg_daily_channel values ('whole', %s, 1, 100, 'EUR', true)", day)
    marts.connection.close()


def test_ratios_are_of_the_days_that_are_known(lines: dict[str | None, Line]) -> None:
    found: dict[str | None, tuple[object, ...]] = {
        name: (line.month.sales, line.month.spend, line.month.roas, line.month.cac, line.week.roas)
        for name, line in lines.items()
    }
    ten, fifty = Decimal(10), Decimal(50)
    assert found == {
        "Whole": (30000, 3000, ten, fifty, ten),
        "Unpriced": (30000, 1000, ten, fifty, None),
        "Unread": (30000, 3000, ten, fifty, ten),
        "Abroad": (20000, 3000, ten, fifty, None),
        "Quiet": (30000, None, None, None, None),
        "Ended": (30000, 100, Decimal(300), Decimal("100") / 60, None),
        None: (0, 290, None, None, None),
    }


def test_what_is_left_out_is_named(lines: dict[str | None, Line]) -> None:
    assert {name: (len(line.unpriced), len(line.unread)) for name, line in lines.items()} == {
        "Whole": (0, 0),
        "Unpriced": (20, 0),
        "Unread": (0, 3),
        "Abroad": (0, 0),
        "Quiet": (0, 0),
        "Ended": (0, 0),
        None: (1, 0),
    }
    unread = lines["Unread"]
    assert (unread.unread_accounts, unread.unread[-1], unread.open_since) == (
        "meta_ads/unread",
        LAST,
        DAYS[0],
    )


def test_all_together_has_a_return_where_what_no_store_spent_is_known(
    lines: dict[str | None, Line],
) -> None:
    month, week = (together([getattr(line, name) for line in lines.values()]) for name in ("month", "week"))
    assert (month.sales, month.spend) == (Decimal(170000), Decimal(10390))
    assert (month.roas, month.cac) == (None, None)
    # 7 days of Whole, Quiet and Ended, 4 of Unread; spend of Whole and Unread, and 10 a day of no store
    assert week.roas == Decimal(25000) / Decimal(1100 + 70)
    assert week.cac == Decimal(1100 + 70) / 50
