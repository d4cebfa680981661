"""Who is the same person: over shops and platforms, for good, and the same whichever way the news came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.dbt.again import AGAIN
from tests.dbt.conftest import House
from tests.dbt.people import People, customer_identity, email_identity, gone, known, ordered, persons, setting
from tests.dbt.rawlog import Version, land
from tests.dbt.test_incremental_equals_full import contents, differences
from tests.dbt.web_documents import WebOrder, account_holder, site

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ADA = "ada@x.example"
PEOPLE = (
    "select customer_key, order_count, customer_ids, customer_name, email, is_guest, is_deleted "
    "from marts.dim_customer"
)
KEYS = "select distinct customer_key from marts.{}"
# What persons reach; the tie-outs, which they do not, are half of the models.
PEOPLED = ("--select", "+agg_daily_summary", "+fct_order_items", "+dim_customer", "+dim_store")
EVERYWHERE = ("fct_orders", "fct_sales", "fct_order_items", "dim_customer")


def keys(house: House, table: str) -> set[str]:
    return {key for (key,) in house.rows(KEYS.format(table))}


def newcomers(house: House) -> list[tuple[object, ...]]:
    return house.rows(
        "select account_id, date_day::text, new_customers, returning_customers from marts.agg_daily_summary "
        "join marts.dim_store using (store_key) order by 1, 2"
    )


def same_after_full_refresh(house: House, *selected: str) -> None:
    daily = contents(house)
    house.dbt("run", "--full-refresh", *selected)
    assert not differences(daily, contents(house))


def test_one_address_in_two_shops_is_one_person_and_new_once(house: House) -> None:
    land(house.raw, [setting("harbour"), setting("alpine"), known("harbour", 1, " Ada@X.example", AT)])
    land(house.raw, [ordered("harbour", 1, AT + DAY, customer=1), ordered("alpine", 1, AT, email=ADA)])
    house.dbt("run", *PEOPLED)
    (person,) = house.rows(PEOPLE)
    assert person[1:] == (2, 1, "Ada No 1", ADA, False, False)
    assert newcomers(house) == [("alpine", "2026-03-02", 1, 0), ("harbour", "2026-03-03", 0, 1)]
    assert all(keys(house, table) == {customer_identity("harbour", 1)} for table in EVERYWHERE)


def test_a_guest_who_registers_keeps_the_key_and_two_nameless_guests_are_two(house: House) -> None:
    land(house.raw, [setting("harbour"), ordered("harbour", 1, AT, email=ADA)])
    land(house.raw, [ordered("harbour", 2, AT), ordered("harbour", 3, AT)])
    house.dbt("run", *PEOPLED)
    assert newcomers(house) == [("harbour", "2026-03-02", 3, 0)], "G7"
    later = AT + DAY
    land(house.raw, [known("harbour", 7, ADA, later, since=later), ordered("harbour", 4, later, customer=7)])
    # and the shop gives the guest's order to the account
    land(house.raw, [ordered("harbour", 1, AT, customer=7, email=ADA, seen=later)])
    house.dbt("run", *PEOPLED, *AGAIN)
    mine = f"{PEOPLE} where customer_key = '{email_identity(ADA)}'"
    assert house.rows(mine) == [(email_identity(ADA), 2, 1, "Ada No 7", ADA, False, False)]
    assert newcomers(house) == [("harbour", "2026-03-02", 3, 0), ("harbour", "2026-03-03", 0, 1)]
    same_after_full_refresh(house, *PEOPLED)


def test_two_persons_who_turn_out_to_be_one_take_all_their_orders_along(house: House) -> None:
    land(house.raw, [setting("harbour"), setting("alpine")])
    land(house.raw, [known("harbour", 1, ADA, AT), ordered("harbour", 1, AT, customer=1)])
    land(house.raw, [known("alpine", 1, "b@x.example", AT + DAY), ordered("alpine", 1, AT + DAY, customer=1)])
    house.dbt("run", *PEOPLED)
    assert len(keys(house, "dim_customer")) == 2
    land(house.raw, [known("alpine", 1, ADA, AT + 2 * DAY)])
    house.dbt("run", *PEOPLED, *AGAIN)
    assert all(keys(house, table) == {customer_identity("harbour", 1)} for table in EVERYWHERE)
    assert newcomers(house) == [("alpine", "2026-03-03", 0, 1), ("harbour", "2026-03-02", 1, 0)]
    land(house.raw, [known("harbour", 1, None, AT + 3 * DAY), gone("alpine", 1, AT + 3 * DAY)])
    house.dbt("run", *PEOPLED, *AGAIN)
    ((_, orders, _, _, email, _, deleted),) = house.rows(PEOPLE)
    assert (orders, email, deleted) == (2, None, False), "redacted in one shop, deleted in the other"
    land(house.raw, [gone("harbour", 1, AT + 4 * DAY)])
    house.dbt("run", *PEOPLED, *AGAIN)
    assert house.one("select is_deleted from marts.dim_customer") is True
    same_after_full_refresh(house, *PEOPLED)


def test_a_web_shop_that_erases_an_account_leaves_the_person(house: House) -> None:
    order = WebOrder(1, AT, customer=5, email="Ada@x.example")
    order.line("10.00", tax="1.90")
    holder = account_holder(5, email=ADA)
    account = Version("linden", "customers", "5", holder, AT, AT, platform="woocommerce")
    land(house.raw, [setting("harbour"), ordered("harbour", 1, AT - DAY, email=ADA)])
    land(house.raw, [site("linden", AT), account, order.version("linden", AT)])
    house.dbt("run", *PEOPLED)
    ((before, orders, *_),) = house.rows(PEOPLE)
    assert orders == 2
    order.customer, order.email, order.updated_at = 0, "deleted@site.invalid", AT + DAY
    erased = Version("linden", "customers", "5", None, AT + DAY, AT + DAY, platform="woocommerce")
    land(house.raw, [erased, order.version("linden", AT + DAY)])
    house.dbt("run", *PEOPLED, *AGAIN)
    assert house.rows(PEOPLE) == [(before, 2, 1, None, None, False, True)]
    same_after_full_refresh(house, *PEOPLED)


def test_an_address_that_many_customers_share_joins_nobody(house: House) -> None:
    land(house.raw, [setting("harbour"), *(known("harbour", n, "shop@x.example", AT) for n in range(1, 21))])
    house.dbt("run", *PEOPLED)
    assert len(keys(house, "dim_customer")) == 1
    land(house.raw, [known("harbour", 21, "shop@x.example", AT + DAY)])
    house.dbt("run", *PEOPLED, *AGAIN)
    assert keys(house, "dim_customer") == {customer_identity("harbour", n) for n in range(1, 22)}
    same_after_full_refresh(house, *PEOPLED)


@pytest.mark.parametrize("seed", range(2))
def test_whichever_way_the_news_came(house: House, seed: int) -> None:
    people = People(seed, house.raw)
    for number in range(4):
        people.day()
        house.dbt("run", *PEOPLED, *(["--exclude", "bridge_customer_identity"] if number == 2 else []))
    people.settle()
    house.dbt("run")
    bridge = house.rows("select customer_key, identity_key from marts.bridge_customer_identity")
    known_ones = {one for group in persons(people.landed) for one in group}
    found: dict[str, set[str]] = {}
    for person, identity in bridge:
        if identity in known_ones:
            found.setdefault(person, set()).add(identity)
    assert {frozenset(group) for group in found.values()} == persons(people.landed)
    same_after_full_refresh(house)
    house.dbt("test", "--vars", "test_scope: all", "--exclude", "test_type:unit")


def test_what_comes_later_renames_nobody(house: House) -> None:
    people = People(7, house.raw, orderly=True)
    before: dict[str, str] = {}
    for _ in range(6):
        people.day()
        house.dbt("run", "--select", "+bridge_customer_identity")
        after = dict(house.rows("select identity_key, customer_key from marts.bridge_customer_identity"))
        for identity, key in before.items():
            met = {before[one] for one in before if after[one] == after[identity]}
            assert after[identity] == key or (len(met) > 1 and after[identity] in met)
        before = after
    assert len(set(before.values())) < len(before)
