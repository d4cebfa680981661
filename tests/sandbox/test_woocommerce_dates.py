"""Date filters: exclusive ends, whose clock they mean, the hour that comes twice, the trap of two clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.business.webshop.events import Noted
from sandbox.running import running
from tests.sandbox.woo import Woo
from tests.sandbox.woo_shop import moment, ordered, shop_world

# Berlin is two hours ahead until 2026-10-25 01:00 UTC, one hour afterwards: 02:00 to 02:59 comes twice.
CREATED = {
    1: "2026-10-05T12:03:11",  # 14:03:11 in Berlin
    2: "2026-10-25T00:10:00",  # 02:10 summer time
    3: "2026-10-25T00:50:00",  # 02:50 summer time
    4: "2026-10-25T01:10:00",  # 02:10 again
    5: "2026-10-25T01:50:00",  # 02:50 again
    6: "2026-11-01T11:00:00",  # 12:00:00
}
GMT = {"dates_are_gmt": "true"}


@pytest.fixture(scope="module")
def shared() -> Iterator[Woo]:
    lives = [
        (ordered(number, at), Noted(moment(at) + timedelta(hours=1), "modified"))
        for number, at in CREATED.items()
    ]
    with running(shop_world(lives)) as here:
        yield Woo(here)


@pytest.fixture
def site(shared: Woo) -> Iterator[Woo]:
    yield shared
    shared.here.server.platforms["woocommerce"].reset("linden")


def test_both_ends_are_excluded(site: Woo) -> None:
    exactly = "2026-10-05T14:03:11"
    assert 1 not in site.ids(after=exactly)
    assert 1 not in site.ids(before=exactly)
    assert 1 in site.ids(after="2026-10-05T14:03:10", before="2026-10-05T14:03:12")
    assert site.ids(modified_after="2026-11-01T13:00:00") == []
    assert site.ids(modified_after="2026-11-01T12:59:59") == [6]


def test_fractions_of_a_second_are_dropped(site: Woo) -> None:
    assert site.ids(after="2026-11-01T12:00:00.999999") == []
    assert site.ids(after="2026-11-01T11:59:59.999999") == [6]


def test_without_offset_it_is_the_sites_own_time(site: Woo) -> None:
    assert site.ids(after="2026-11-01T11:30:00") == [6]
    assert site.ids(after="2026-11-01T12:30:00") == []


def test_with_an_offset_it_is_that_moment(site: Woo) -> None:
    for text in ("2026-11-01T10:59:59Z", "2026-11-01T11:59:59+01:00", "2026-11-01T05:29:59-05:30"):
        assert site.ids(after=text) == [6], text
    assert site.ids(after="2026-11-01T11:00:00Z") == []


def test_naive_utc_with_dates_are_gmt(site: Woo) -> None:
    assert site.ids(after="2026-11-01T10:59:59", **GMT) == [6]
    assert site.ids(after="2026-11-01T11:00:00", **GMT) == []
    assert site.ids(modified_after="2026-11-01T11:59:59", **GMT) == [6]


def test_the_trap_of_an_offset_with_dates_are_gmt(site: Woo) -> None:
    """11:30Z becomes 12:30 in Berlin, which is then compared with UTC: an hour is lost."""
    assert site.ids(after="2026-11-01T10:30:00Z") == [6]
    assert site.ids(after="2026-11-01T10:30:00Z", **GMT) == []
    assert site.ids(after="2026-11-01T09:59:59Z", **GMT) == [6]


def test_the_repeated_hour_in_tables_of_orders(site: Woo) -> None:
    """A local time is read as its first occurrence; a moment with an offset is exact."""
    night = {"order": "asc", "before": "2026-10-26T00:00:00"}
    assert site.ids(after="2026-10-25T02:30:00", **night) == [3, 4, 5]
    assert site.ids(after="2026-10-25T01:30:00Z", **night) == [5]
    assert site.ids(after="2026-10-25T01:30:00", **GMT, order="asc")[:1] == [5]


def test_the_repeated_hour_in_posts(site: Woo) -> None:
    """Posts compare the wall clock, so both hours are one: something is always too much or too little."""
    site.install(hpos=False)
    night = {"order": "asc", "before": "2026-10-26T00:00:00"}
    assert site.ids(after="2026-10-25T02:30:00", **night) == [3, 5]
    assert site.ids(after="2026-10-25T01:30:00Z", **night) == [3, 5]  # 3 was before that moment
    assert site.ids(after="2026-10-25T00:30:00Z", **night) == [3, 5]  # and 4 is after this one
    assert site.ids(after="2026-10-25T00:30:00", **GMT, **night) == [3, 4, 5]


def test_a_zone_that_is_an_offset_alone(site: Woo) -> None:
    site.install(timezone_string="", gmt_offset=5.5)
    assert site.ids(after="2026-11-01T16:29:59") == [6]
    assert site.ids(after="2026-11-01T16:30:00") == []
    assert site.ask("/wc/v3/orders/6")["date_created"] == "2026-11-01T16:30:00"


@pytest.mark.parametrize(
    "text",
    ["2026-10-05", "2026-10-05T14:03", "1790000000", "yesterday", "", "2026-10-05T14:03:11 CET"],
)
def test_anything_less_than_a_moment_is_refused(site: Woo, text: str) -> None:
    answer = site.get("/wc/v3/orders", modified_after=text)
    assert answer.status_code == 400
    assert answer.json()["data"]["params"] == {"modified_after": "Invalid date."}
