"""What a shop can do to a load: each cause has its own error, which names the account and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import (
    LoaderError,
    MalformedAnswer,
    MissingScope,
    NoNetwork,
    QueryRejected,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    VersionFellForward,
    WrongToken,
)
from loaders.common.progress import Step
from loaders.shopify import queries, settings
from loaders.shopify.client import CostTooHigh
from loaders.shopify.selections import CUSTOMER, ORDER
from tests.loaders.conftest import Practice

WITHOUT = {
    "read_orders": {"orders", "abandoned_checkouts"},
    "read_customers": {"orders", "abandoned_checkouts", "customers"},
    "read_returns": {"orders"},
}
SCOPES = (
    *("read_orders", "read_all_orders", "read_customers", "read_products", "read_inventory"),
    *("read_locations", "read_discounts", "read_reports", "read_returns"),
)
CUSTOMERS = queries.page(CUSTOMER)


def names_account_and_remedy(error: LoaderError) -> None:
    assert "shopify/kiwi" in str(error)
    assert "Remedy: " in str(error)
    assert len(error.remedy) > 10
    assert "sandbox-kiwi-token" not in str(error)


def refused(practice: Practice, kind: type[LoaderError], says: str) -> None:
    with pytest.raises(kind, match=says) as caught:
        practice.client().probe()
    names_account_and_remedy(caught.value)


def test_wrong_token(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_KIWI_TOKEN", "shpat_wrong")
    refused(practice, WrongToken, "SHOPIFY_KIWI_TOKEN")


def test_unknown_shop(practice: Practice) -> None:
    practice.accounts_file.write_text(
        practice.accounts_file.read_text().replace("shopify/kiwi", "shopify/emu")
    )
    refused(practice, UnknownShop, r"no shop at kiwi\.myshopify\.com")


def test_no_network(practice: Practice) -> None:
    text = practice.accounts_file.read_text().replace(
        f"{practice.here.url}/shopify/kiwi", "http://127.0.0.1:9"
    )
    practice.accounts_file.write_text(text)
    refused(practice, NoNetwork, "cannot be reached")


def test_an_api_version_that_fell_forward(practice: Practice) -> None:
    practice.fault("version_fallback", version="2027-01", times=None)
    refused(practice, VersionFellForward, "2027-01 instead of " + settings.API_VERSION)


def test_throttling_is_waited_out(practice: Practice) -> None:
    practice.fault("throttled", times=2)
    assert practice.client().probe().document["name"]


def test_throttling_without_end_is_an_error(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "THROTTLE_PATIENCE_SECONDS", 0.02)
    practice.fault("throttled", times=None)
    refused(practice, ThrottledTooLong, "limit")


@pytest.mark.parametrize(
    "kind", ["server_error", "html_error", "too_many_requests", "dropped_connection", "truncated_json"]
)
def test_passing_trouble_is_tried_again(practice: Practice, kind: str) -> None:
    options = {"retry_after": "0"} if kind == "too_many_requests" else {}
    practice.fault(kind, times=2, **options)
    pages = list(practice.client().pages(CUSTOMERS, "customers", size=20))
    assert sum(len(nodes) for nodes, _ in pages) == len(practice.here.sandbox.world.stores["kiwi"].customers)


@pytest.mark.parametrize(
    ("kind", "options", "error"),
    [
        ("server_error", {}, VendorTrouble),
        ("internal_error", {}, VendorTrouble),
        ("html_error", {"status": 200}, MalformedAnswer),
        ("truncated_json", {}, MalformedAnswer),
        ("dropped_connection", {}, NoNetwork),
    ],
)
def test_lasting_trouble_is_an_error(
    practice: Practice, kind: str, options: dict[str, Any], error: type[LoaderError]
) -> None:
    practice.fault(kind, times=None, **options)
    refused(practice, error, "shopify/kiwi")


def test_a_partial_answer_is_never_taken_as_complete(practice: Practice) -> None:
    practice.fault("field_error", field="customer", match="Page_orders", times=None)
    with pytest.raises(VendorTrouble, match="Internal error") as caught:
        list(practice.client().pages(queries.page(ORDER), "orders", size=5))
    names_account_and_remedy(caught.value)


def test_a_search_that_the_vendor_misreads_is_an_error(practice: Practice) -> None:
    unquoted = "updated_at:>=2026-01-01T00:00:00Z"
    with pytest.raises(QueryRejected, match="misread") as caught:
        next(practice.client().pages(CUSTOMERS, "customers", size=5, search=unquoted))
    names_account_and_remedy(caught.value)


def test_a_page_that_costs_too_much_is_asked_for_in_halves(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = practice.client()
    sizes: list[int] = []
    ask = client.ask

    def dear(text: str, variables: dict[str, int]) -> object:
        sizes.append(variables["first"])
        if variables["first"] > 10:
            raise CostTooHigh("shopify/kiwi", "Query cost is 1436", "")
        return ask(text, variables)

    monkeypatch.setattr(client, "ask", dear)
    found = [node["id"] for nodes, _ in client.pages(CUSTOMERS, "customers", size=40) for node in nodes]
    assert sizes[:3] == [40, 20, 10]
    assert len(found) == len(set(found)) == len(practice.here.sandbox.world.stores["kiwi"].customers)


@pytest.mark.parametrize("scope", sorted(WITHOUT))
def test_a_missing_scope_stops_what_needs_it_and_nothing_else(practice: Practice, scope: str) -> None:
    practice.configure(scopes=[one for one in SCOPES if one != scope])
    with pytest.raises(LoadFailed, match=scope) as caught:
        practice.load(resources=["orders", "customers", "products", "abandoned_checkouts", "locations"])
    names_account_and_remedy(caught.value)
    report = caught.value.report
    assert {name for name, one in report.resources.items() if one.error} == WITHOUT[scope]
    assert all(isinstance(error, MissingScope) for error in report.errors)
    assert all(one.rows for name, one in report.resources.items() if name not in WITHOUT[scope])


def test_without_read_reports_the_reports_are_skipped_visibly(practice: Practice) -> None:
    practice.configure(scopes=[one for one in SCOPES if one != "read_reports"])
    steps: list[Step] = []
    report = practice.load(resources=["sales_reports", "locations"], progress=steps.append)
    assert "read_reports" in str(report.resources["sales_reports"].skipped)
    assert any("sales_reports skipped" in one for one in report.warnings)
    assert ("sales_reports", "skipped") in {(step.resource, step.phase) for step in steps}
    assert practice.rows("sales_reports") == 0


def test_without_read_all_orders_a_warning_says_what_is_hidden(practice: Practice) -> None:
    practice.configure(scopes=[one for one in SCOPES if one != "read_all_orders"])
    report = practice.load(resources=["orders"])
    assert any("older than 60 days are hidden" in one and "read_all_orders" in one for one in report.warnings)
    orders = practice.here.sandbox.world.stores["kiwi"].orders
    assert 0 < practice.rows("orders") < len(orders)
    # granted later, the older ones come with a full load
    practice.configure(scopes=list(SCOPES))
    assert practice.load(resources=["orders"], full=True).warnings == []
    assert practice.rows("orders") == len(orders)


def test_a_scope_that_is_withdrawn_buries_nothing(practice: Practice) -> None:
    practice.load(resources=["orders"])
    practice.configure(scopes=[one for one in SCOPES if one != "read_all_orders"])
    report = practice.load(resources=["orders"], full=True)
    assert report.resources["orders"].tombstones == 0
    assert len(practice.documents("orders")) == len(practice.here.sandbox.world.stores["kiwi"].orders)


def test_unknown_fields_changed_types_and_nul_are_kept_as_they_came(practice: Practice) -> None:
    practice.fault("unknown_field", times=None)
    practice.fault("changed_type", field="numberOfOrders", times=None)
    practice.fault("null_character", field="note", times=None)
    practice.load(resources=["customers", "orders"])
    customers = list(practice.documents("customers").values())
    assert any("brandNewField" in one for one in customers)
    assert any("\u0000" in str(one["note"]) for one in practice.documents("orders").values())
    practice.here.sandbox.faults.clear()
    practice.load(resources=["customers", "orders"], full=True)
    assert not any("brandNewField" in one for one in practice.documents("customers").values())


@pytest.mark.parametrize(
    ("resource", "field"), [("customers", "id"), ("orders", "refunds"), ("locations", "id")]
)
def test_an_answer_of_another_shape_fails_its_resource_and_nothing_else(
    practice: Practice, resource: str, field: str
) -> None:
    practice.load(resources=[resource, "products"])
    rows = practice.rows(resource)
    practice.advance(days=2)
    practice.fault("changed_type", field=field, match=resource, times=None)
    with pytest.raises(LoadFailed, match=resource) as caught:
        practice.load(resources=[resource, "products"], full=True)
    names_account_and_remedy(caught.value)
    report = caught.value.report
    assert [name for name, one in report.resources.items() if one.error] == [resource]
    assert practice.rows(resource) == rows
    practice.here.sandbox.faults.clear()
    practice.load(resources=[resource])
    assert practice.load(resources=[resource]).rows == 0


def test_a_page_that_hides_whether_there_are_more_is_an_error(practice: Practice) -> None:
    client = practice.client()
    text = CUSTOMERS.replace("pageInfo { hasNextPage endCursor }", "pageInfo { endCursor }")
    with pytest.raises(MalformedAnswer, match="whether there are more") as caught:
        list(client.pages(text, "customers", size=5))
    names_account_and_remedy(caught.value)


def test_an_account_that_fails_stops_no_other(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_ALPINE_TOKEN", "shpat_wrong")
    process = practice.command("shopify", "--resource", "locations")
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "SHOPIFY_ALPINE_TOKEN" in errors
    assert "remedy:" in errors
    assert "shpat_wrong" not in output + errors
    assert practice.rows("locations", "harbour") > 0
    assert practice.rows("locations", "kiwi") > 0
    assert practice.rows("locations", "alpine") == 0


def test_a_cause_that_stops_an_account_is_said_once(practice: Practice) -> None:
    practice.fault("revoked_token", skip=1, times=None)
    process = practice.command(
        "shopify", "--account", "kiwi", "--resource", "locations", "--resource", "customers"
    )
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert output.count("failed") >= 2
    assert errors.count("remedy:") == errors.count("SHOPIFY_KIWI_TOKEN (HTTP 401)") == 1


def test_a_resource_that_fails_in_the_middle_is_read_again_by_the_next_run(practice: Practice) -> None:
    practice.load(resources=["customers"], since="2099-01-01")
    practice.fault("internal_error", match="PollBulk", times=None)
    with pytest.raises(LoadFailed, match="customers"):
        practice.load(resources=["customers"])
    assert practice.rows("customers") == 0
    practice.here.sandbox.faults.clear()
    assert practice.load(resources=["customers"]).rows == len(practice.documents("customers")) > 0
