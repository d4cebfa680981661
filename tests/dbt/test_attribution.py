"""How buyers came, and orders against GA4's purchases: cases worked out by hand, through one build."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.dbt.conftest import House
from tests.dbt.documents import Document, OrderDocument, gid, shop, stamp
from tests.dbt.marketing_documents import (
    account_of,
    bought,
    meta_row,
    purchase_day,
    rows_day,
    session_day,
    visited,
)
from tests.dbt.rawlog import Version, land
from tests.dbt.web_documents import WebOrder, site

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, NEXT, LATER = date(2026, 3, 2), date(2026, 3, 3), datetime(2026, 3, 20, tzinfo=UTC)
SHOP = "https://shop.example"
GOOGLE_ADS = {"source": "google", "medium": "cpc", "campaign": "Brand"}


def visit(
    utm: dict[str, str] | None = None, *, referrer: str | None = None, page: str = "/", days: float = 0
) -> Document:
    """A visit of Shopify's journey, so many days before the order."""
    tags = {"source": None, "medium": None, "campaign": None, "content": None, "term": None, **(utm or {})}
    return {
        "occurredAt": stamp(AT - timedelta(days=days)),
        "source": "direct",
        "sourceType": None,
        "referrerUrl": referrer,
        "landingPage": SHOP + page,
        "utmParameters": tags if utm else None,
    }


def order(account: str, number: int, journey: Document | None = None, *, seen: datetime = AT) -> Version:
    """An order of 10.00 with or without a journey; a document of an older load has no such key at all."""
    made = OrderDocument(number, AT, currency="EUR", customer=number)
    made.sale("10.00", line=made.line("10.00"), quantity=1)
    made.agree("Order", AT)
    body = made.document() | ({} if journey is None else {"customerJourneySummary": journey})
    return Version(account, "orders", gid("Order", number), body, seen, seen)


def journey(last: Document | None, first: Document | None = None) -> Document:
    return {"ready": True, "firstVisit": first or last, "lastVisit": last}


def web_order(number: int, **told: str) -> Version:
    """A web shop's order of 20.00 with WooCommerce's own note of how the buyer came."""
    made = WebOrder(number, AT)
    made.line("20.00")
    meta = [
        {"id": at, "key": f"_wc_order_attribution_{key}", "value": value}
        for at, (key, value) in enumerate(told.items(), 1)
    ]
    return made.version("linden", AT, meta_data=meta)


BY_ITSELF = visit()
ORDERS: dict[int, Document | None] = {
    1: journey(visit(GOOGLE_ADS, referrer="https://www.google.com/")),
    2: journey(visit(referrer="https://m.facebook.com/", page="/?fbclid=x")),
    3: journey(visit(referrer="https://www.google.com/", page="/?gclid=x")),
    4: journey(visit(referrer="https://www.google.com/", page="/?gclid=x")),
    5: journey(BY_ITSELF),
    6: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email", "campaign": "May"}, days=29)),
    7: journey(BY_ITSELF, visit({"source": "klaviyo", "medium": "email"}, days=31)),
    8: journey(visit(referrer=f"{SHOP}/cart")),
    9: {"ready": False, "firstVisit": None, "lastVisit": None},
    10: None,
    11: None,
    12: journey(visit({"source": "google", "medium": "cpc", "campaign": "Max"})),
}
EXPECTED = {
    1: ("order_utm", "google", "cpc", "Brand", "Paid Search"),
    2: ("order_referrer", "m.facebook.com", "referral", None, "Organic Social"),
    3: ("order_click_id", "google", "cpc", None, "Paid Search"),
    4: ("ga4", "google", "cpc", "brand", "Cross-network"),
    5: ("ga4", "newsletter", "cpc", "brand", "Email"),
    6: ("last_non_direct", "klaviyo", "email", "May", "Email"),
    7: ("direct", "(direct)", "(none)", None, "Direct"),
    8: ("direct", "(direct)", "(none)", None, "Direct"),
    9: ("unattributed", None, None, None, "Unattributed"),
    10: ("unattributed", None, None, None, "Unattributed"),
    11: ("direct", "(direct)", "(none)", None, "Direct"),
    12: ("order_utm", "google", "cpc", "Max", "Cross-network"),
    21: ("order_utm", "bing", "cpc", None, "Paid Search"),
    22: ("order_referrer", "google", "organic", None, "Organic Search"),
    23: ("order_referrer", "news.example", "referral", None, "Referral"),
    24: ("direct", "(direct)", "(none)", None, "Direct"),
    25: ("unattributed", None, None, None, "Unattributed"),
}


def purchase(transaction: str, group: str, source: str, *, times: int = 1, revenue: str = "10") -> list[str]:
    row = bought(transaction, revenue, times=times, source=source)
    return [*row[:2], group, *row[3:]]


def reports() -> list[Version]:
    """What GA4 has: harbour sends ids and names, linden the order's number, nobody is no store's."""
    direct = purchase("11", "Direct", "(direct)")
    harbour = [
        purchase("4", "Cross-network", "google"),
        purchase("#5", "Email", "newsletter", times=3),
        purchase("5", "Email", "newsletter"),
        direct,
        purchase("12", "Cross-network", "google"),
        purchase("777", "Referral", "news.example"),
        purchase("(not set)", "Direct", "(direct)", times=2),
    ]
    return [
        *(account_of("ga4", name, AT, zone="Europe/Berlin") for name in ("harbour", "linden", "nobody")),
        purchase_day("harbour", DAY, LATER, harbour),
        # the page was loaded again the day after: known already
        purchase_day("harbour", NEXT, AT, [purchase("4", "Direct", "(direct)")]),
        purchase_day("linden", DAY, LATER, [purchase("LL-25", "Unassigned", "(not set)", revenue="20")]),
        purchase_day("nobody", DAY, LATER, [purchase("1", "Email", "newsletter")]),
        session_day("harbour", DAY, LATER, [visited("20260302", "google", 40)]),
        session_day("harbour", NEXT, AT, [visited("20260303", "google", 7)], subjectToThresholding=True),
        session_day("nobody", DAY, LATER, [visited("20260302", "google", 5)]),
    ]


def spend() -> list[Version]:
    return [
        account_of("meta_ads", "harbour", AT, currency="USD", zone="Europe/Berlin"),
        account_of("meta_ads", "nobody", AT, currency="CHF", zone="Europe/Berlin"),
        rows_day("meta_ads", "harbour", DAY, datetime(2026, 4, 20, tzinfo=UTC), [meta_row(1, 1, "11.00")]),
        rows_day("meta_ads", "harbour", date(2026, 3, 5), AT, [meta_row(1, 1, "2.20", currency="USD")]),
        rows_day("meta_ads", "nobody", DAY, LATER, [meta_row(1, 1, "5.00")]),
    ]


@pytest.fixture(scope="module")
def built(module_house: House) -> House:
    body = shop("harbour", zone="Europe/Berlin", currency="EUR", updated_at=AT)
    woo = [
        web_order(21, source_type="utm", utm_source="bing", utm_medium="cpc", utm_campaign="(none)"),
        web_order(22, source_type="organic", utm_source="google", referrer="https://www.google.com/"),
        web_order(23, source_type="referral", utm_source="news.example"),
        web_order(24, source_type="typein", utm_source="(direct)"),
        web_order(25, source_type="admin"),
    ]
    orders = [order("harbour", number, told) for number, told in ORDERS.items()]
    land(module_house.raw, [Version("harbour", "shop", gid("Shop", 1), body, AT, AT), site("linden", AT)])
    land(module_house.raw, [*orders, *woo, *reports(), *spend()])
    module_house.dbt("run", "--select", "+agg_daily_summary", "+dim_channel", "+fct_order_match", "dim_store")
    return module_house


def days(house: House, table: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    return house.rows(
        f"select account_id, date_day::text, {columns} from marts.{table} "
        f"left join marts.dim_store using (store_key) where {where} order by account_id, date_day"
    )


def test_every_order_says_how_its_buyer_came_and_who_says_so(built: House) -> None:
    found = built.rows(
        "select regexp_replace(order_id, '\\D', '', 'g')::int, evidence, source, medium, campaign, "
        "channel_group from marts.fct_order_attribution join marts.fct_orders using (order_key)"
    )
    assert {number: tuple(rest) for number, *rest in found} == EXPECTED


def test_the_last_way_that_was_not_direct_is_kept_beside(built: House) -> None:
    found = built.rows(
        "select last_non_direct_from, count(*), count(distinct last_non_direct_source) "
        "from marts.fct_order_attribution group by 1 order by 1"
    )
    assert found == [("first_visit", 1, 1), ("ga4", 1, 1), ("last_visit", 8, 4), (None, 7, 0)]


def test_orders_and_purchases_both_ways(built: House) -> None:
    found = built.rows(
        "select coalesce(account_id, 'nobody'), status, count(*), sum(reported_count), count(order_key) "
        "from marts.fct_order_match left join marts.dim_store using (store_key) group by 1, 2 order by 1, 2"
    )
    assert found == [
        ("harbour", "duplicate", 3, 4, 3),  # 4 again, #5 twice more, 5 as well
        ("harbour", "matched", 4, 4, 4),
        ("harbour", "order_only", 8, 0, 8),
        ("harbour", "purchase_only", 2, 3, 0),  # 777, and two without an id
        ("linden", "matched", 1, 1, 1),
        ("linden", "order_only", 4, 0, 4),
        ("nobody", "purchase_only", 1, 1, 0),  # another store's order 1 is not meant
    ]
    visits = built.rows(
        "select is_visit_known, count(*) from marts.fct_order_match "
        "where status = 'order_only' group by 1 order by 1"
    )
    assert visits == [(False, 2), (True, 10)]
    assert built.one("select sum(difference_amount) from marts.fct_order_match where status = 'matched'") == 0


def test_days_by_channel_add_up_to_the_days(built: House) -> None:
    rows = days(
        built,
        "agg_daily_channel",
        "channel_group, sessions, orders, matched_orders, round(reporting_ad_spend, 6)",
        "true",
    )
    found = {row for row in rows if row[1] == "2026-03-02" and row[0] != "linden"}
    assert found == {
        ("harbour", "2026-03-02", "Cross-network", 0, 2, 2, Decimal(0)),
        ("harbour", "2026-03-02", "Direct", 0, 3, 1, Decimal(0)),
        ("harbour", "2026-03-02", "Email", 0, 2, 1, Decimal(0)),
        ("harbour", "2026-03-02", "Organic Social", 0, 1, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Paid Search", 40, 2, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Paid Social", 0, 0, 0, Decimal(10)),
        ("harbour", "2026-03-02", "Referral", 0, 0, 0, Decimal(0)),
        ("harbour", "2026-03-02", "Unattributed", 0, 2, 0, Decimal(0)),
        (None, "2026-03-02", "Paid Search", 5, 0, 0, Decimal(0)),
        (None, "2026-03-02", "Paid Social", None, 0, 0, None),
    }
    roas = days(
        built, "agg_daily_channel", "roas", "channel_group = 'Paid Social' and account_id = 'harbour'"
    )
    assert roas == [("harbour", "2026-03-02", Decimal(0)), ("harbour", "2026-03-05", Decimal(0))]


def test_the_day_of_a_store_with_its_marketing(built: House) -> None:
    columns = (
        "has_sales, orders, sessions, web_purchases, matched_orders, conversion_rate, "
        "round(reporting_ad_spend, 6), blended_roas, cac, is_provisional, is_thresholded, final_on::text"
    )
    assert days(built, "agg_daily_summary", columns) == [
        (
            "harbour",
            "2026-03-02",
            True,
            12,
            40,
            11,
            4,
            Decimal("0.3"),
            10,
            12,
            Decimal("0.8333"),
            False,
            False,
            "2026-03-30",
        ),
        ("harbour", "2026-03-03", False, 0, 7, 0, 0, 0, 0, None, None, True, True, "2026-03-10"),
        ("harbour", "2026-03-05", False, 0, None, 0, 0, None, 2, 0, None, True, False, "2026-04-02"),
        ("linden", "2026-03-02", True, 5, None, 1, 1, None, 0, None, 0, False, False, None),
    ]
    assert built.rows("select sum(orders), count(*) from marts.agg_daily_summary where not has_sales") == [
        (0, 2)
    ]


def test_the_figures_pass_their_own_tests(built: House) -> None:
    named = ["assert_channels_sum_up_the_days", "assert_purchases_are_counted_once"]
    models = ["agg_daily_channel", "dim_channel", "fct_order_attribution", "fct_order_match", "dim_store"]
    whole = ["--indirect-selection", "cautious", "--vars", "test_scope: all"]
    built.dbt("test", *whole, "--select", *models, *named)
