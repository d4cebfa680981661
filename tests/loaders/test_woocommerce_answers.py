"""What a web shop can answer: JSON, JSON behind what PHP printed, pages, documents nobody foresaw."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from typing import Any

import pytest

from loaders.common import LoaderError
from loaders.common.errors import MalformedAnswer, UnknownShop
from loaders.common.texts import canonical, parse_exactly
from loaders.woocommerce.answers import NoJson, read, words
from loaders.woocommerce.client import Client, Mode
from loaders.woocommerce.settings import PATIENCE
from loaders.woocommerce.site import Site
from tests.loaders.scripted import Answer
from tests.loaders.woo import KEY, SECRET, Web

NOTICE = (
    b"<br />\n<b>Notice</b>:  Undefined index: total[0] in <b>/srv/{plugin}.php</b> on line <b>12</b><br />\n"
)
HTML: Answer = (200, {}, b"<!DOCTYPE html><html><title>Log in</title><body>Log in to your shop</body></html>")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (NOTICE, "Notice: Undefined index: total[0] in /srv/{plugin}.php on line 12"),
        (b"PHP Warning:  foo() in /x.php on line 3\n", "PHP Warning: foo() in /x.php on line 3"),
        (b"\xef\xbb\xbf" + NOTICE + NOTICE, "Notice: Undefined index"),
    ],
)
@pytest.mark.parametrize("body", [b'[{"id":1}]', b'{"id":1}', b"[]"])
def test_json_behind_a_notice_is_taken(printed: bytes, said: str, body: bytes) -> None:
    found, notice = read(printed + body)
    assert found == json.loads(body)
    assert (notice or "").startswith(said)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>[]</body></html>",
        b"<!DOCTYPE html><html><body>Log in</body></html>\n[]",
        NOTICE,
        NOTICE + b'[{"id":1}',
        NOTICE + b'[{"id":1}]' + NOTICE,
        b'{"id":1}{"id":2}',
        b'[{"id":1}][{"id":2}]',
        b'something else [{"id":1}]',
    ],
)
def test_what_is_not_clear_is_never_guessed(content: bytes) -> None:
    with pytest.raises(NoJson):
        read(content)


def test_a_mark_before_the_json_is_no_notice() -> None:
    assert read(b"\xef\xbb\xbf  [1]\n") == ([1], None)


def test_words_are_one_short_line() -> None:
    assert (
        words(b"<p>There has been\n a <b>critical</b> error&hellip;</p>")
        == "There has been a critical error…"
    )
    assert len(words(b"word " * 100)) < 110


@pytest.mark.parametrize(
    "text",
    [
        b'{"price":14.462809917355372}',
        b'{"price":14.46280991735537190082}',
        b'{"meta":[{"value":123456789012345678901234567890}]}',
        b'{"a":0.30000000000000004,"b":1.5,"c":-7,"d":18446744073709551616}',
        b'{"a":"12345678901234567890.5"}',
    ],
)
def test_numbers_keep_their_digits(text: bytes) -> None:
    assert canonical(parse_exactly(text)) == text


STRANGE: tuple[Any, ...] = (None, True, 3, 2.5, "\u0000", "\U0001f600", [], {}, [{"deep": [1]}], 2**80)
ODD: dict[str, Any] = {
    "currency": "XBT",
    "status": "wc-awaiting-moon",
    "total": "",
    "total_tax": None,
    "customer_id": "7",
    "line_items": [{"id": 5, "product_id": 0, "quantity": 1.5, "total": "", "price": 9.123456789012345678}],
    "meta_data": [{"id": 1, "key": "same", "value": value} for value in STRANGE],
    "brand_new": {"key": "of a plugin"},
}


def test_an_order_that_nobody_foresaw_lands_as_it_is(web: Web) -> None:
    web.shop.place(1, **ODD)
    web.shop.place(2, date_paid_gmt="0000-00-00T00:00:00", note="half a character: \ud83d")
    web.load("orders")
    kept = web.documents("orders")
    assert {key: kept["1"][key] for key in ODD} == ODD
    assert kept["2"]["note"] == "half a character: \ud83d"
    assert web.load("orders", full=True).rows == 0


def test_an_order_without_a_time_of_change_is_found_by_its_id(web: Web) -> None:
    web.shop.place(1)
    web.shop.place(2)
    web.shop.orders[2] |= {"date_modified_gmt": "", "date_modified": ""}
    web.load("orders")
    assert set(web.documents("orders")) == {"1", "2"}
    assert web.load("orders").rows == 0


@pytest.mark.parametrize("odd", [{"id": None}, {"id": "x"}, {"id": True}, {"id": -1}])
def test_rows_without_an_id_fail_their_resource_and_nothing_else(web: Web, odd: dict[str, Any]) -> None:
    web.shop.customers = {1: {**odd, "email": ""}}
    web.shop.place(1)
    with pytest.raises(LoaderError, match=r"customers: .* another shape"):
        web.load("customers", "orders")
    assert (web.rows("customers"), web.rows("orders")) == (0, 1)


def instead(web: Web, answer: Answer, *, of: str = "") -> None:
    web.shop.between = lambda path, _: answer if of in path else None


def index(**fields: Any) -> Answer:
    known = {"home": "https://shop.example", "timezone_string": "UTC", "namespaces": ["wc/v3"]}
    return 200, {}, json.dumps({**known, **fields}).encode()


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (
            (301, {"Location": "https://www.shop.example/wp-json/"}, b""),
            UnknownShop,
            "https://www.shop.example ",
        ),
        ((302, {"Location": f"https://evil.example/?k={KEY}"}, b""), UnknownShop, "its keys go nowhere"),
        (HTML, MalformedAnswer, "a web page .*Log in to your shop"),
        ((404, {}, b"<html>Not Found</html>"), UnknownShop, "no WooCommerce API at http"),
        ((401, {}, b'{"code":"rest_not_logged_in","message":"Log in."}'), UnknownShop, "hides its API"),
        ((200, {}, b"[]"), MalformedAnswer, "does not describe a WordPress site"),
        (index(namespaces=["wp/v2"]), UnknownShop, "has no WooCommerce API"),
        (index(timezone_string="", gmt_offset="x"), MalformedAnswer, "names no time zone"),
    ],
)
def test_an_index_that_is_none_says_why(
    web_alone: Web, answer: Answer, error: type[LoaderError], says: str
) -> None:
    instead(web_alone, answer)
    with pytest.raises(error, match=says) as caught:
        web_alone.client().probe()
    assert "woocommerce/linden" in str(caught.value)
    assert KEY not in str(caught.value) and SECRET not in str(caught.value)


def test_keys_never_follow_a_redirect(web: Web) -> None:
    web.shop.place(1)
    instead(web, (307, {"Location": "https://evil.example/wp-json/wc/v3/orders"}, b""), of="orders")
    with pytest.raises(LoaderError, match=r"sends us to https://evil\.example"):
        web.load("orders")
    assert all(SECRET not in query.values() for _, query in web.shop.asked)
    assert all("oauth_signature" in query for path, query in web.shop.asked if "wc/v3" in path)


@pytest.mark.parametrize("mode", ["header", "query", "signed"])
def test_no_log_holds_a_key_or_a_signature(
    web_alone: Web, mode: Mode, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = web_alone.client()
    client.mode, client.plain = mode, True
    client.get("wc/v3/orders")
    assert "rest_route" not in caplog.text and "GET /?***" in caplog.text
    assert not [one for one in (KEY, SECRET, "oauth_signature=") if one in caplog.text]


def test_as_many_connections_are_kept_as_requests_are_made_at_once(
    web_alone: Web, caplog: pytest.LogCaptureFixture
) -> None:
    web_alone.configure(concurrency=16)
    web_alone.shop.latency = 0.05
    client = web_alone.client()
    answers = client.crew.in_order(lambda _: client.get("wc/v3/orders"), range(48))
    assert len(list(answers)) == 48
    client.close()
    assert "pool is full" not in caplog.text


@pytest.mark.parametrize("said", [SECRET, b64encode(f"{KEY}:{SECRET}".encode()).decode()])
@pytest.mark.parametrize("before", [0, 70])
def test_a_page_that_prints_the_request_is_shown_without_secrets(
    web_alone: Web, said: str, before: int
) -> None:
    instead(web_alone, (200, {}, f"<html>{'x' * before}{said}</html>".encode()))
    with pytest.raises(MalformedAnswer) as caught:
        web_alone.client().probe()
    assert "***" in str(caught.value)
    assert said[:20] not in str(caught.value)


@pytest.mark.parametrize("name", ["Europe/Berlin", "Mars/Base", ""])
def test_a_time_zone_that_nobody_knows_gives_way_to_the_offset(web_alone: Web, name: str) -> None:
    at = web_alone.client().probe().at
    site = Site({"timezone_string": name, "gmt_offset": "-12"}, at.replace(hour=11, day=20))
    assert site.local_day(site.at).day == (20 if name == "Europe/Berlin" else 19)


def test_patience_with_maintenance_has_a_limit(web_alone: Web) -> None:
    waits: list[float] = []
    slow = Client.of(web_alone.client().account, patience=PATIENCE, sleep=waits.append)
    instead(web_alone, (503, {"Retry-After": "600"}, b"<html>Maintenance</html>"))
    with pytest.raises(LoaderError, match="the site is closed"):
        slow.probe()
    assert len(waits) == 5
    assert all(120 <= one < 121 for one in waits)
