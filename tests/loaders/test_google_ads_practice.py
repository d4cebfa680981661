"""Google Ads against the practice shop's stand-in: what lands is what was spent; what is claimed grows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import AccountMisconfigured, ThrottledTooLong
from loaders.common.google_problems import NoAccess
from loaders.google_ads import settings
from tests.loaders.practice_google import GooglePractice, practising
from tests.loaders.scripted_google import QUICK
from warehouse import Settings

SINCE = "2026-08-01"
CUSTOMER, MANAGER = "100-000-0001", "999-000-1111"


@pytest.fixture
def practice_ads(
    database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[GooglePractice]:
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    options = {"customer_id": CUSTOMER, "login_customer_id": MANAGER, "since": SINCE}
    with practising("google_ads", "harbour", monkeypatch, tmp_path, **options) as found:
        yield found


def spent(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["metrics"]["costMicros"]) for row in rows), Decimal()) / 1_000_000


def converted(reports: dict[str, Any]) -> Decimal:
    rows = [row for one in reports.values() for row in one["campaigns"]]
    return sum((Decimal(str(row["metrics"]["allConversions"])) for row in rows), Decimal())


def test_every_day_is_what_was_spent(practice_ads: GooglePractice) -> None:
    report = practice_ads.load()
    assert not report.warnings
    truth = {one["day"]: one for one in practice_ads.truth("marketing/google_ads/harbour/daily")}
    found = practice_ads.documents("ad_reports")
    assert (min(found), max(found), len(found)) == (SINCE, "2026-11-22", 114)
    assert {day for day in truth if day >= SINCE} <= set(found)
    for day, body in found.items():
        assert spent(body["campaigns"]) == Decimal(truth.get(day, {"spend": "0"})["spend"])
    # Some campaigns have no ads: all that is spent is more than what the ads did.
    whole = {part: sum(spent(one[part]) for one in found.values()) for part in ("ads", "campaigns")}
    assert 0 < whole["ads"] < whole["campaigns"]


def test_things_and_figures_fit_together(practice_ads: GooglePractice) -> None:
    practice_ads.load()
    (customer,) = practice_ads.documents("customers").values()
    about = customer["customer"]
    assert (about["currencyCode"], about["timeZone"], about["manager"]) == ("GBP", "Europe/London", False)
    ads, campaigns = practice_ads.documents("ads"), practice_ads.documents("campaigns")
    delivered = [row for one in practice_ads.documents("ad_reports").values() for row in one["ads"]]
    keys = {f"{row['adGroup']['id']}~{row['adGroupAd']['ad']['id']}" for row in delivered}
    assert keys <= set(ads)
    assert {row["campaign"]["id"] for row in delivered} < set(campaigns)
    groups = practice_ads.documents("ad_groups")
    assert {row["adGroup"]["id"] for row in ads.values()} <= set(groups)
    claims = [row for one in practice_ads.documents("conversion_reports").values() for row in one["ads"]]
    actions = {one["conversionAction"]["resourceName"] for one in _values(practice_ads)}
    assert {row["segments"]["conversionAction"] for row in claims} <= actions
    assert all("viewThroughConversions" in row["metrics"] for row in claims)


def _values(practice: GooglePractice) -> list[dict[str, Any]]:
    return list(practice.documents("conversion_actions").values())


def test_claims_grow_for_as_long_as_they_are_read_again(practice_ads: GooglePractice) -> None:
    practice_ads.load()
    before = practice_ads.documents("conversion_reports")
    assert practice_ads.load().rows == 0
    practice_ads.advance(days=9)
    again = practice_ads.load().resources["conversion_reports"]
    after = practice_ads.documents("conversion_reports")
    assert again.rows + again.unchanged == 91 + 9
    assert converted({day: after[day] for day in before}) > converted(before)
    assert after["2026-08-15"] == before["2026-08-15"]


def test_runs_and_an_absence_end_where_one_load_would(practice_ads: GooglePractice) -> None:
    practice_ads.load()
    for days in (1, 95):
        practice_ads.advance(days=days)
        assert practice_ads.load().rows > 0
    everything = practice_ads.load(full=True)
    assert (everything.rows, everything.resources["conversion_reports"].unchanged) == (0, 114 + 96)


def test_a_manager_names_its_clients(practice_ads: GooglePractice) -> None:
    practice_ads.account(customer_id=MANAGER)
    with pytest.raises(AccountMisconfigured, match=r"100-000-0001\).*100-000-0004"):
        practice_ads.load()


def test_without_the_manager_nobody_gets_in(practice_ads: GooglePractice) -> None:
    practice_ads.account(customer_id=CUSTOMER)
    with pytest.raises(NoAccess, match="set login_customer_id"):
        practice_ads.load()


def test_a_used_up_limit_is_told_and_the_rest_is_read_later(practice_ads: GooglePractice) -> None:
    practice_ads.fault("quota_exhausted", skip=8)
    with pytest.raises(LoadFailed, match="limit of Google Ads' API is used up") as caught:
        practice_ads.load()
    assert {type(one) for one in caught.value.report.errors} == {ThrottledTooLong}
    practice_ads.advance(days=1)
    practice_ads.load()
    assert len(practice_ads.documents("conversion_reports")) == 115
