"""What a web shop can do to a load: each cause has its own error, which names the account and the remedy."""

from __future__ import annotations

import sys

import pytest

from loaders.__main__ import main
from loaders.common import LoadFailed
from loaders.common.errors import LoaderError, MalformedAnswer, MissingScope
from loaders.woocommerce.refusals import SiteDown
from tests.loaders.linden import Linden

ALL = {"settings", "orders", "products", "customers", "coupons", "taxes", "revenue_reports"}


def refused(linden: Linden, kind: type[LoaderError], says: str, *resources: str) -> LoaderError:
    """The load fails in this way, says so with the remedy, and tells no secret."""
    with pytest.raises(LoaderError, match=says) as caught:
        linden.load(*resources)
    error = caught.value
    cause = error.report.errors[0] if isinstance(error, LoadFailed) else error
    assert isinstance(cause, kind), repr(cause)
    assert "woocommerce/linden" in str(error)
    assert len(cause.remedy) > 10
    assert linden.key not in str(error) and linden.secret not in str(error)
    return cause


def test_a_user_without_capability_stops_what_needs_it_and_nothing_else(linden: Linden) -> None:
    linden.configure(capability=False)
    error = refused(linden, MissingScope, "may not read wc/v3/")
    assert "Shop manager" in error.remedy
    with pytest.raises(LoadFailed) as caught:
        linden.load(full=True)
    resources = caught.value.report.resources
    assert {name for name, one in resources.items() if one.error} == {"orders", "products", "customers"}
    assert resources["coupons"].skipped
    assert linden.rows("settings") == 1
    assert linden.rows("revenue_reports") == 0  # the first day is the first order's


def test_without_the_right_to_reports_they_are_skipped_visibly(linden: Linden) -> None:
    linden.configure(can_view_reports=False)
    report = linden.load("revenue_reports")
    assert "may not read wc-analytics/reports/revenue/stats" in str(
        report.resources["revenue_reports"].skipped
    )
    assert any("revenue_reports skipped" in one for one in report.warnings)


def test_plain_permalinks_are_found_out(linden: Linden) -> None:
    linden.configure(permalinks="plain")
    assert linden.load("orders").resources["orders"].rows == len(linden.orders)
    linden.account(rest_route=True)
    assert linden.load().resources.keys() == ALL


def test_notices_before_the_json_are_left_out_and_said_once(linden: Linden) -> None:
    linden.load()
    linden.configure(prints_notices=True)
    report = linden.load(full=True)
    assert report.rows == 0
    (warning,) = report.warnings
    assert "Notice: Function _load_textdomain_just_in_time was called" in warning


@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("maintenance", SiteDown, "Briefly unavailable for scheduled maintenance"),
        ("truncated_json", MalformedAnswer, "no JSON"),
    ],
)
def test_lasting_trouble_fails_the_load_and_the_next_run_repairs_it(
    linden: Linden, kind: str, error: type[LoaderError], says: str
) -> None:
    linden.fault(kind, times=None, route="orders")
    refused(linden, error, says, "orders", "taxes")
    assert linden.rows("taxes") == (0 if error.stops_account else len(linden.documents("taxes")))
    linden.here.sandbox.faults.clear()
    linden.load("orders", "taxes")
    assert set(linden.documents("orders")) == {str(one) for one in linden.orders}
    assert linden.rows("taxes") > 0


def test_a_key_that_is_withdrawn_in_mid_run_is_said_once(
    linden: Linden, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    linden.fault("revoked_token", times=None, route="orders")
    monkeypatch.setattr(sys, "argv", ["loaders", "woocommerce"])
    assert main() == 1
    output, errors = capsys.readouterr()
    assert errors.count("remedy:") == 1
    assert linden.key not in output + errors and linden.secret not in output + errors
