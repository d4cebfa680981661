"""A day of the report, order by order: for given days only, with or without ShopifyQL by order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from loaders.common.errors import AccountMisconfigured
from loaders.shopify import settings
from loaders.shopify.order_reports import Span
from tests.loaders.conftest import Practice

STORE = "harbour"
ZONE = ZoneInfo("Europe/London")


def busiest(practice: Practice) -> list[str]:
    """Days on which something was taken back."""
    days = [
        day
        for day, told in practice.documents("sales_reports", STORE).items()
        if Decimal(told["measures"]["sales_reversals"]) < 0
    ]
    return sorted(days)[-3:]


def asked(practice: Practice, day: str) -> dict[str, Any]:
    practice.load(STORE, resources=["order_reports"], since=day, until=day)
    found: dict[str, Any] = practice.documents("order_reports", STORE)[day]
    return found


def test_a_day_by_order_adds_up_to_the_day(practice: Practice) -> None:
    practice.load(STORE, resources=["sales_reports"])
    days = busiest(practice)
    older: list[str] = []
    assert days
    for day in days:
        told, document = practice.documents("sales_reports", STORE)[day], asked(practice, day)
        assert (document["hasMeasures"], document["currencyCode"]) == (True, "GBP")
        counted = [one for one in document["orders"] if "measures" in one]
        for name in settings.REPORT_MEASURES:
            total = sum(Decimal(one["measures"][name]) for one in counted)
            assert total == Decimal(told["measures"][name]), (day, name)
        older += [one["id"] for one in counted if placed_on(one) != day]
    assert older, "nothing that was placed before is among them"


def placed_on(order: dict[str, Any]) -> str:
    moment = datetime.fromisoformat(order["processedAt"])
    return moment.astimezone(ZONE).date().isoformat()


def test_a_shop_that_cannot_say_it_by_order_names_the_same_orders(practice: Practice) -> None:
    practice.load(STORE, resources=["sales_reports"])
    day = busiest(practice)[-1]
    known = asked(practice, day)
    practice.configure(STORE, shopifyql_by_order=False)
    document = asked(practice, day)
    assert document["hasMeasures"] is False
    assert not any("measures" in one for one in document["orders"])
    assert [one["id"] for one in document["orders"]] == [one["id"] for one in known["orders"]]


def test_an_order_that_is_counted_and_gone_is_named(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.load(STORE, resources=["sales_reports"])
    day = busiest(practice)[-1]
    shop = practice.here.server.platforms["shopify"].shops[STORE]  # type: ignore[attr-defined]
    counted = next(one for one in asked(practice, day)["orders"] if "measures" in one)
    number = int(counted["id"].rsplit("/", 1)[1])
    monkeypatch.delitem(shop.store.orders, number)
    monkeypatch.setattr(
        "sandbox.shopify.shopifyql.run._Report._value",
        lambda self, row, name: str(row.order_id) if name == "order_id" else "#?",
    )
    shop.moved()
    again = {one["id"]: one for one in asked(practice, day)["orders"]}[counted["id"]]
    assert again["isGone"] is True
    assert again["measures"] == counted["measures"]


def test_it_is_read_page_by_page(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.load(STORE, resources=["sales_reports"])
    day = busiest(practice)[-1]
    whole = asked(practice, day)
    monkeypatch.setattr(settings, "REPORT_ORDERS_PER_QUERY", 1)
    report = practice.load(STORE, resources=["order_reports"], since=day, until=day)
    assert report.resources["order_reports"].landed.unchanged == 1
    assert asked(practice, day) == whole


def test_it_is_asked_for_named_days_only(practice: Practice) -> None:
    assert "order_reports" not in practice.load(STORE).resources
    with pytest.raises(AccountMisconfigured, match="given days only"):
        practice.load(STORE, resources=["order_reports"])


def test_a_day_is_as_long_as_its_zone_says() -> None:
    spans = {
        day: Span.of(date.fromisoformat(day), ZONE) for day in ("2026-10-25", "2026-03-29", "2026-06-01")
    }
    hours = {day: (span.end - span.start) / timedelta(hours=1) for day, span in spans.items()}
    assert hours == {"2026-10-25": 25, "2026-03-29": 23, "2026-06-01": 24}
    june = spans["2026-06-01"]
    assert june.start == datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert june.holds(june.start) and not june.holds(june.end) and not june.holds(None)
