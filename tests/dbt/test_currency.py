"""Amounts in the reporting currency: at the rate of the booked day, again once it has one, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.dbt import rawlog
from tests.dbt.again import AGAIN
from tests.dbt.conftest import House, nodes
from tests.dbt.documents import OrderDocument, gid, shop
from tests.dbt.rates import fixing, publish
from tests.dbt.rawlog import Version, land
from tests.dbt.test_incremental_equals_full import contents, differences

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
PRICED = (
    "select booked_date::text, reporting_net_amount, exchange_rate_date::text from marts.fct_sales "
    "order by booked_date, net_amount"
)
# What is priced and what adds it up.
UP_TO_SUMS = ("--select", "+agg_daily_summary", "+agg_weekly_trends")
CHECK = "assert_every_sale_is_priced"


@pytest.fixture
def bank(house: House) -> House:
    """No fixing at all."""
    rawlog.create(house.raw, "ecb")
    return house


def settings(account: str, currency: str) -> Version:
    body = shop(account, zone="UTC", currency=currency, updated_at=MONDAY)
    return Version(account, "shop", gid("Shop", 1), body, MONDAY, MONDAY)


def sold(number: int, at: datetime, *, currency: str = "GBP", account: str = "harbour") -> Version:
    order = OrderDocument(number, at, customer=number, currency=currency)
    order.sale("12.00", line=order.line("10.00"), quantity=1, tax="2.00")
    order.agree("Order", at)
    return Version(account, "orders", order.id, order.document(), at, at)


def status_of(house: House, name: str) -> tuple[str, int]:
    result = house.dbt("test", "--select", name, "--vars", "test_scope: all", check=False)
    return next((str(one.status), one.failures) for one in nodes(result) if one.node.name == name)


def test_without_any_rate_only_euros_have_an_amount(bank: House) -> None:
    bank.rows("drop schema raw_ecb cascade")
    euros = sold(2, MONDAY, currency="EUR", account="linden")
    land(bank.raw, [settings("harbour", "GBP"), settings("linden", "EUR"), sold(1, MONDAY), euros])
    result = bank.build(check=False)
    assert [one.node.name for one in nodes(result) if str(one.status) in ("fail", "error", "skipped")] == [
        CHECK
    ]
    assert bank.rows(
        "select currency_code, reporting_net_amount, exchange_rate_date from marts.fct_sales order by 1"
    ) == [
        ("EUR", Decimal(10), MONDAY.date()),
        ("GBP", None, None),
    ]
    daily = (
        "select currency_code, reporting_net_sales, reporting_net_sales_by_order from marts.agg_daily_summary"
    )
    assert bank.rows(f"{daily} order by 1") == [("EUR", Decimal(10), Decimal(10)), ("GBP", None, None)]
    assert bank.rows("select reporting_total_sales from marts.agg_weekly_trends order by 1") == [
        (12,),
        (None,),
    ]
    assert bank.rows("select reporting_total_sales from marts.fct_orders order by 1") == [(12,), (None,)]


def test_the_check_names_the_currency_and_its_days(bank: House) -> None:
    publish(bank.raw, fixing(MONDAY.date(), {"GBP": "0.8"}))
    days = [MONDAY + timedelta(days=n) for n in (7, 8, 9)]
    land(bank.raw, [settings("harbour", "GBP"), *(sold(n, at) for n, at in enumerate(days, start=1))])
    bank.dbt("run", *UP_TO_SUMS)
    assert bank.rows(PRICED)[0] == ("2026-03-09", Decimal("12.5"), "2026-03-02"), "seven days are carried"
    assert status_of(bank, CHECK) == ("fail", 1)
    found = bank.dbt("show", "--select", CHECK, "--vars", "test_scope: all", "--output", "json")
    (row,) = next(one.agate_table.rows for one in nodes(found) if one.node.name == CHECK)
    assert (row["currency_code"], str(row["first_day"]), str(row["last_day"])) == (
        "GBP",
        "2026-03-10",
        "2026-03-11",
    )
    assert "python -m loaders ecb" in row["what_to_do"]


def test_a_late_fixing_prices_its_days_again(bank: House) -> None:
    friday = MONDAY - timedelta(days=3)
    publish(bank.raw, fixing(friday.date(), {"GBP": "0.8", "USD": "1.25"}))
    land(bank.raw, [settings("harbour", "GBP"), sold(1, MONDAY), sold(2, MONDAY + timedelta(days=1))])
    bank.dbt("run", *UP_TO_SUMS)
    assert [row[1:] for row in bank.rows(PRICED)] == [(Decimal("12.5"), "2026-02-27")] * 2
    publish(bank.raw, fixing(MONDAY.date(), {"GBP": "0.5"}))
    bank.dbt("run", *UP_TO_SUMS, *AGAIN)

    assert [row[1:] for row in bank.rows(PRICED)] == [(Decimal(20), "2026-03-02")] * 2
    assert bank.rows("select reporting_net_sales from marts.fct_orders") == [(20,), (20,)]
    assert bank.one("select sum(reporting_net_sales) from marts.agg_daily_summary") == 40
    assert bank.one(
        "select reporting_rate from marts.dim_exchange_rate where currency_code = 'USD' and days_carried = 7"
    ) == Decimal("0.8")
    daily = contents(bank)
    bank.dbt("run", "--full-refresh", *UP_TO_SUMS)
    assert not differences(daily, contents(bank))


def test_late_weeks_and_corrections_end_where_a_full_refresh_ends(bank: House) -> None:
    land(bank.raw, [settings("harbour", "GBP"), settings("alpine", "USD")])
    land(bank.raw, [sold(n, MONDAY + timedelta(days=n)) for n in range(1, 40)])
    land(
        bank.raw,
        [sold(n, MONDAY + timedelta(days=n), currency="USD", account="alpine") for n in range(1, 40)],
    )
    bank.dbt("run", *UP_TO_SUMS)
    assert bank.one("select count(reporting_net_amount) from marts.fct_sales") == 0
    weekdays = [
        MONDAY.date() + timedelta(days=n) for n in range(40) if (MONDAY + timedelta(days=n)).weekday() < 5
    ]
    late = publish(bank.raw, *(fixing(day, {"GBP": "0.8"}) for day in weekdays[:5]), complete=False)
    publish(bank.raw, *(fixing(day, {"GBP": "0.8", "USD": f"1.{day:%d}"}) for day in weekdays[8:20]))
    bank.dbt("run", *UP_TO_SUMS, *AGAIN)
    rawlog.finish(bank.raw, late)
    seen = MONDAY + timedelta(days=60)
    publish(
        bank.raw,
        fixing(weekdays[9], {"GBP": "0.4", "USD": "-1"}, seen=seen),
        fixing(weekdays[10], {"GBP": "N/A"}, seen=seen),
        fixing(weekdays[11], [], seen=seen),
    )
    bank.dbt("run", "--select", "staging", "dim_exchange_rate", *AGAIN)
    bank.dbt("run", *UP_TO_SUMS, *AGAIN)

    daily = contents(bank)
    bank.dbt("run", "--full-refresh", *UP_TO_SUMS)
    assert not differences(daily, contents(bank))
    assert status_of(bank, "assert_every_rate_can_be_used") == ("warn", 3)
    unpriced = (
        "select count(*) from marts.fct_sales where currency_code = %s and reporting_net_amount is null"
    )
    assert 0 < bank.one(unpriced, "GBP") < bank.one(unpriced, "USD") < 39


def test_a_fixing_without_news_prices_nothing_again(bank: House) -> None:
    land(bank.raw, [settings("harbour", "GBP"), sold(1, MONDAY), sold(2, MONDAY + timedelta(days=9))])
    publish(bank.raw, fixing(MONDAY.date(), {"GBP": "0.8"}), fixing(date(2026, 3, 11), {"GBP": "0.8"}))
    bank.dbt("run", *UP_TO_SUMS)
    before = bank.rows("select order_key, xmin::text from marts.fct_sales order by 1")
    publish(bank.raw, fixing(MONDAY.date(), {"GBP": "0.80"}, seen=MONDAY + timedelta(days=2)))
    publish(bank.raw, fixing(date(2026, 3, 12), {"GBP": "0.7"}))
    bank.dbt("run", *UP_TO_SUMS, *AGAIN)
    assert bank.rows("select order_key, xmin::text from marts.fct_sales order by 1") == before
