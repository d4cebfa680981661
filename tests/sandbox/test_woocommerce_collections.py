"""Collections: pages, orders, filters, fields."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.woo import Woo

ORDERS = "/wc/v3/orders"


def links(answer: Any) -> set[str]:
    return {link["rel"] for link in answer.links.values()}


def test_pages_have_totals_and_neighbours(linden: Woo) -> None:
    first = linden.get(ORDERS, per_page=50)
    total = int(first.headers["X-WP-Total"])
    assert int(first.headers["X-WP-TotalPages"]) == -(-total // 50) > 2
    assert len(first.json()) == 50
    assert links(first) == {"next"}
    assert links(linden.get(ORDERS, per_page=50, page=2)) == {"prev", "next"}
    assert links(linden.get(ORDERS, per_page=50, page=-(-total // 50))) == {"prev"}
    assert len(linden.orders()) == 10


def test_a_link_leads_to_the_next_page(linden: Woo) -> None:
    first = linden.get(ORDERS, per_page=5, status="completed")
    target = first.links["next"]["url"]
    assert target.startswith(f"{linden.base}/wp-json/wc/v3/orders?")
    assert "page=2" in target and "status=completed" in target


def test_one_page_has_no_neighbours(linden: Woo) -> None:
    answer = linden.get("/wc/v3/taxes", per_page=100)
    assert links(answer) == {"https://api.w.org/"}  # every answer has that one
    assert answer.headers["X-WP-TotalPages"] == "1"


def test_beyond_the_end_is_nothing(linden: Woo) -> None:
    answer = linden.get(ORDERS, per_page=100, page=99)
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["X-WP-Total"] == linden.get(ORDERS).headers["X-WP-Total"]
    assert "page=2" in answer.links["prev"]["url"]


def test_offset_overrides_the_page(linden: Woo) -> None:
    ids = linden.ids()
    assert [one["id"] for one in linden.orders(offset=3, page=7, per_page=4)] == ids[3:7]


def test_head_has_the_totals_and_no_body(linden: Woo) -> None:
    answer = linden.get(ORDERS, method="HEAD", per_page=100)
    assert answer.status_code == 200 and not answer.content
    assert int(answer.headers["X-WP-Total"]) == len(linden.ids())


@pytest.mark.parametrize(
    ("params", "code", "message"),
    [
        (
            {"per_page": 101},
            "rest_out_of_bounds",
            "per_page must be between 1 (inclusive) and 100 (inclusive)",
        ),
        (
            {"per_page": 0},
            "rest_out_of_bounds",
            "per_page must be between 1 (inclusive) and 100 (inclusive)",
        ),
        ({"per_page": "many"}, "rest_invalid_type", "per_page is not of type integer."),
        ({"page": 0}, "rest_out_of_bounds", "page must be greater than or equal to 1"),
        ({"after": "2026-10-01"}, "rest_invalid_date", "Invalid date."),
        ({"modified_after": "1790000000"}, "rest_invalid_date", "Invalid date."),
        ({"order": "up"}, "rest_not_in_enum", "order is not one of asc, and desc."),
    ],
)
def test_wrong_parameters_are_refused(linden: Woo, params: dict[str, Any], code: str, message: str) -> None:
    (name,) = params
    answer = linden.get(ORDERS, **params)
    body = answer.json()
    assert answer.status_code == 400
    assert (body["code"], body["message"]) == ("rest_invalid_param", f"Invalid parameter(s): {name}")
    assert body["data"]["params"] == {name: message}
    assert body["data"]["details"][name]["code"] == code


def test_unknown_parameters_are_ignored(linden: Woo) -> None:
    assert linden.ids(colour="blue") == linden.ids()
    # No date filter where the vendor has none: whoever trusts one reads everything.
    everybody = linden.ids("/wc/v3/customers", role="all")
    later = linden.ids("/wc/v3/customers", role="all", modified_after="2030-01-01T00:00:00", after="never")
    assert later == everybody
    refunds = linden.ids("/wc/v3/refunds")
    assert linden.ids("/wc/v3/refunds", modified_after="2030-01-01T00:00:00") == refunds != []


@pytest.mark.parametrize("orderby", ["date", "id", "modified"])
def test_sorting(linden: Woo, orderby: str) -> None:
    keys = {
        "date": lambda one: (one.created_at, one.id),
        "id": lambda one: one.id,
        "modified": lambda one: (one.modified_at, one.id),
    }
    listed = [
        one for one in linden.shop.shop_orders.values() if one.status not in ("trash", "checkout-draft")
    ]
    expected = [one.id for one in sorted(listed, key=keys[orderby])]
    assert linden.ids(orderby=orderby, order="asc") == expected
    assert linden.ids(orderby=orderby) == expected[::-1]


def test_any_leaves_out_the_trash_and_drafts(own_linden: Woo) -> None:
    before = own_linden.ids()
    (draft,) = own_linden.happen(orders=before[:1], status="checkout-draft")
    (trashed,) = own_linden.happen(orders=before[1:2], trash=True)
    assert own_linden.ids() == before[2:]
    assert draft in own_linden.ids(status="checkout-draft")
    assert trashed in own_linden.ids(status="trash")
    assert own_linden.ids(status="any,trash") == before[2:]  # `any` wins
    assert own_linden.ask(f"{ORDERS}/{trashed}")["status"] == "trash"
    own_linden.install(hpos=False)
    assert draft in own_linden.ids() and trashed not in own_linden.ids()


def test_an_unknown_status_is_refused(linden: Woo) -> None:
    answer = linden.get(ORDERS, status="packed")
    assert answer.status_code == 400
    assert answer.json()["data"]["params"]["status"].startswith(
        "status[0] is not one of any, trash, pending,"
    )


def test_orders_of_a_plugin_that_is_off_are_in_no_list(own_linden: Woo) -> None:
    (packed,) = own_linden.happen(status="packed")
    assert packed in own_linden.ids(status="packed")
    assert packed in own_linden.ids()
    own_linden.install(unregistered_statuses=["packed"])
    assert packed not in own_linden.ids()
    assert own_linden.get(ORDERS, status="packed").status_code == 400
    assert own_linden.ask(f"{ORDERS}/{packed}")["status"] == "packed"


def test_other_filters(linden: Woo) -> None:
    orders = [linden.ask(f"{ORDERS}/{number}") for number in linden.ids()[:20]]
    buyer = next(one["customer_id"] for one in orders if one["customer_id"])
    assert {one["customer_id"] for one in linden.orders(customer=buyer)} == {buyer}
    item = next(line for one in orders for line in one["line_items"] if line["product_id"])
    found = linden.orders(product=item["product_id"], per_page=100)
    assert found and all(
        item["product_id"] in [line["product_id"] for line in one["line_items"]] for one in found
    )
    wanted = [orders[4]["id"], orders[1]["id"]]
    include = ",".join(map(str, wanted))
    assert [one["id"] for one in linden.orders(include=include, orderby="include")] == wanted
    assert set(linden.ids(exclude=include)) == set(linden.ids()) - set(wanted)
    email = orders[0]["billing"]["email"]
    assert orders[0]["id"] in [one["id"] for one in linden.orders(search=email, per_page=100)]


def test_fields_and_decimals(linden: Woo) -> None:
    shown = linden.orders(_fields="id,billing.email,line_items", per_page=1)[0]
    assert list(shown) == ["id", "billing", "line_items"] and list(shown["billing"]) == ["email"]
    whole = linden.orders(per_page=1)[0]
    assert linden.orders(per_page=1, dp=4)[0]["total"] == f"{whole['total']}00"
    assert linden.orders(_fields="id", per_page=2) == [{"id": number} for number in linden.ids()[:2]]
    names = ("id", "status", "date_created_gmt", "date_modified_gmt")
    brief = linden.orders(_fields=",".join(names), per_page=50)
    assert brief == [{name: one[name] for name in names} for one in linden.orders(per_page=50)]


def test_customers_by_default_are_customers_alone(linden: Woo) -> None:
    everybody = linden.ids("/wc/v3/customers", role="all")
    usual = linden.ids("/wc/v3/customers")
    roles = {one.id: one.role for one in linden.shop.shop_customers.values()}
    assert set(usual) == {number for number, role in roles.items() if role == "customer"}
    assert set(everybody) == set(roles) > set(usual)
    assert linden.ids("/wc/v3/customers", role="all", orderby="id") == sorted(roles)
