"""Reading a shop that does not hold still: nothing is lost, whatever happens between two pages."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loaders.woocommerce import settings
from loaders.woocommerce.site import folds
from tests.loaders.scripted_shop import START, Shop
from tests.loaders.woo import Web


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PER_PAGE", 10)


def filled(shop: Shop, orders: int, *, apart: timedelta = timedelta(minutes=30)) -> None:
    for number in range(1, orders + 1):
        shop.place(number, START + number * apart)


def test_a_first_load_has_every_order_and_the_second_lands_nothing(web: Web) -> None:
    filled(web.shop, 95)
    web.shop.refund(7)
    web.shop.refund(90, status="refunded")
    assert web.load("orders").resources["orders"].rows == 95
    assert web.versions() == web.truth()
    documents = web.documents("orders")
    assert [one["id"] for one in documents["7"]["refund_documents"]] == [7001]
    assert documents["8"]["refund_documents"] == []
    again = web.load("orders")
    assert again.rows == 0
    assert again.warnings == []


@pytest.mark.parametrize("seed", range(4))
def test_what_changes_between_pages_is_there_after_the_next_run(web: Web, seed: int) -> None:
    """Orders are placed, touched, refunded, trashed, restored and emptied between any two answers."""
    chance = random.Random(seed)
    shop = web.shop
    filled(shop, 60, apart=timedelta(seconds=chance.choice((0, 1, 3600))))

    def happens(path: str, _: object) -> None:
        if path.endswith("/wp-json/") or chance.random() < 0.4:
            return
        number = chance.choice(list(shop.orders))
        what = chance.choice(("place", "touch", "refund", "trash", "restore", "empty"))
        shop.now += timedelta(seconds=chance.choice((0, 0, 1, 5)))
        if what == "place":
            shop.place(max(shop.orders) + 1)
        elif what == "refund":
            shop.refund(number)
        elif what == "empty" and shop.orders[number]["status"] == "trash":
            del shop.orders[number]
            shop.refunds.pop(number, None)
        elif what != "empty":
            status = {"trash": "trash", "restore": "processing"}.get(what, shop.orders[number]["status"])
            shop.touch(number, status=status)

    shop.between = happens
    web.load("orders")
    there_all_along = {key for key, order in web.truth().items() if order == 1 and int(key) <= 60}
    assert there_all_along <= web.versions().keys()
    web.load("orders")
    shop.between = lambda _path, _query: None
    shop.now += timedelta(hours=1)
    web.load("orders")
    assert web.versions() == web.truth()
    refunds = {key: len(one["refund_documents"]) for key, one in web.documents("orders").items()}
    assert refunds == {key: len(shop.refunds.get(int(key), [])) for key in refunds}
    assert web.load("orders").rows == 0


def test_a_second_with_more_orders_than_a_page_is_read_whole(web: Web) -> None:
    for number in range(1, 58):
        web.shop.place(number, START + timedelta(seconds=number // 40))
    web.load("orders")
    assert web.versions() == web.truth()


def test_orders_that_the_shop_counts_and_cannot_show_hide_no_others(web: Web) -> None:
    filled(web.shop, 95)
    web.shop.broken = {1, 10, 33, 34, 60, 91}
    web.load("orders")
    shown = {key: order for key, order in web.truth().items() if int(key) not in web.shop.broken}
    assert web.versions() == shown
    for number in range(5, 95):
        web.shop.touch(number, web.shop.now + timedelta(seconds=number))
    web.load("orders")
    assert web.versions() == {key: web.truth()[key] for key in shown}
    assert web.load("orders").rows == 0


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_page_that_lacks_a_row_is_not_the_last(web: Web, at_once: int) -> None:
    web.configure(concurrency=at_once)
    web.shop.customers = {n: {"id": n, "email": ""} for n in range(1, 45)}
    web.shop.broken = {10, 21, 22}
    web.load("customers")
    assert {int(one) for one in web.documents("customers")} == set(web.shop.customers) - web.shop.broken


@pytest.mark.parametrize("bounded", [True, False])
def test_the_hour_that_comes_twice_is_read_whole(web: Web, bounded: bool) -> None:
    """Berlin, 25 October 2026: the shop sorts 00:00 to 02:00 UTC as one hour, which no page need show."""
    filled(web.shop, 30)
    web.load("orders")
    minutes = [*range(-90, 0, 10), 70, *range(20, 60, 3), *range(130, 190, 10)]
    for number, minute in enumerate(minutes, 1):
        web.shop.touch(number, datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minute))
    if bounded:
        web.load("orders", since="2026-10-24", until="2026-10-26")
    else:
        web.load("orders", until="2026-10-26")
    assert web.versions() == web.truth()


def test_the_hours_that_come_twice_are_found_in_any_zone() -> None:
    year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    (berlin,) = folds(ZoneInfo("Europe/Berlin"), *year)
    assert (
        berlin[0] < datetime(2026, 10, 25, 0, tzinfo=UTC) < datetime(2026, 10, 25, 2, tzinfo=UTC) <= berlin[1]
    )
    assert len(folds(ZoneInfo("Australia/Lord_Howe"), *year)) == 1
    assert folds(ZoneInfo("Asia/Tokyo"), *year) == []


@pytest.mark.parametrize("at_once", [1, 4])
def test_customers_who_go_while_they_are_read_hide_nobody(web: Web, at_once: int) -> None:
    web.configure(concurrency=at_once)
    shop = web.shop
    shop.customers = {n: {"id": n, "email": f"{n}@x.example", "role": "customer"} for n in range(1, 81)}

    def happens(path: str, query: dict[str, str]) -> None:
        """Before each page two of the first go and two come: the total stays as it was."""
        if "customers" in path and query.get("offset", "0") != "0" and min(shop.customers) < 20:
            for _ in range(2):
                del shop.customers[min(shop.customers)]
                new = max(shop.customers) + 1
                shop.customers[new] = {"id": new, "email": "", "role": "customer"}

    shop.between = happens
    web.load("customers")
    assert min(shop.customers) == 21
    assert {int(one) for one in web.documents("customers")} >= {n for n in shop.customers if n <= 80}
    shop.between = lambda _path, _query: None
    web.load("customers", full=True)
    assert {int(one) for one in web.documents("customers")} == set(shop.customers)


def test_no_more_requests_at_once_than_the_account_allows(web: Web) -> None:
    web.shop.latency = 0.01
    filled(web.shop, 60)
    for allowed in (1, 3):
        web.configure(concurrency=allowed)
        web.shop.most_busy = 0
        web.load("orders", full=True)
        assert web.shop.most_busy == allowed
