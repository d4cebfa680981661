"""Which days of a report a run asks for, and when a day's document is a new version."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from loaders.common.accounts import Account
from loaders.common.days import AccountDays, Days, days_were_read, zone_of
from loaders.common.errors import AccountMisconfigured, MalformedAnswer
from loaders.common.landing import Batcher, NoHistory
from loaders.common.windows import Request, as_moment
from warehouse import ROOT

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def days_of(at: datetime = NOON, zone: str = "Europe/London", **options: Any) -> AccountDays:
    warnings: list[str] = options.pop("warnings", [])
    reach = options.pop("reach", None)
    account = Account("meta_ads", "harbour", options)
    return AccountDays(account, ZoneInfo(zone), at, restated=28, reach=reach, warn=warnings.append)


def explicit(since: str | None = None, until: str | None = None) -> Request:
    return Request(as_moment(since), as_moment(until, end=True))


def test_a_first_load_goes_back_to_since_or_four_hundred_days() -> None:
    assert days_of().asked({}, Request()) == Days(TODAY - timedelta(days=400), TODAY)
    for written in ("2026-10-01", date(2026, 10, 1)):
        assert days_of(since=written).asked({}, Request()) == Days(date(2026, 10, 1), TODAY)


def test_what_was_open_when_it_was_last_read_is_read_again_however_long_ago() -> None:
    state: dict[str, Any] = {}
    days_were_read(state, Request(), Days(date(2026, 1, 1), date(2026, 11, 1)))
    assert days_of().asked(state, Request()) == Days(date(2026, 10, 4), TODAY)
    assert days_of().asked(state, Request(full=True)).first == TODAY - timedelta(days=400)
    state["reported_until"] = "2025-06-01"
    assert days_of().asked(state, Request()) == Days(date(2025, 5, 4), TODAY)
    # but never what lies before the first day that is wanted at all
    assert days_of(since="2026-10-20").asked(state, Request()) == Days(date(2026, 10, 20), TODAY)


def test_explicit_days_leave_the_mark_alone_and_end_today() -> None:
    state: dict[str, Any] = {"reported_until": "2026-11-21"}
    request = explicit("2025-03-01", "2025-03-05")
    days = days_of(since="2026-10-20").asked(state, request)
    assert days == Days(date(2025, 3, 1), date(2025, 3, 5))
    days_were_read(state, request, days)
    assert state == {"reported_until": "2026-11-21"}
    assert days_of().asked(state, explicit("2026-11-20", "2027-01-01")).last == TODAY
    first = TODAY - timedelta(days=400)
    assert days_of().asked(state, explicit(None, "2026-10-01")) == Days(first, date(2026, 10, 1))
    assert not days_of().asked(state, explicit("2026-11-23"))


def test_today_is_the_accounts_own_and_the_mark_never_moves_back() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert days_of(late, "Pacific/Auckland").today == date(2026, 11, 23)
    assert days_of(late, "America/Los_Angeles").today == TODAY
    state: dict[str, Any] = {"reported_until": "2026-11-23"}
    days_were_read(state, Request(), Days(date(2026, 11, 1), TODAY))
    assert state["reported_until"] == "2026-11-23"


def test_what_the_vendor_no_longer_shows_is_left_out_and_said() -> None:
    warnings: list[str] = []
    days = days_of(reach=100, warnings=warnings, since="2020-01-01").asked({}, Request())
    assert days.first == TODAY - timedelta(days=100)
    assert "2026-08-14" in warnings[0]
    days_of(reach=100, warnings=warnings).asked({}, explicit("2026-10-01"))
    assert len(warnings) == 1


@pytest.mark.parametrize("written", ["yesterday", 2026, "2026-13-01"])
def test_a_since_that_is_no_day_names_account_and_remedy(written: object) -> None:
    with pytest.raises(AccountMisconfigured, match=r"meta_ads/harbour.*`since`.*Remedy: Write since"):
        days_of(since=written).asked({}, Request())


def test_spans_and_halves_hold_every_day_once() -> None:
    days = Days(date(2026, 1, 30), date(2026, 4, 2))
    assert [day for span in days.spans(30) for day in span] == list(days)
    assert max(len(span) for span in days.spans(30)) == 30
    assert [day for half in days.halves() for day in half] == list(days)
    assert list(Days(TODAY, TODAY).spans(30)) == [Days(TODAY, TODAY)]
    assert list(Days(TODAY, TODAY - timedelta(days=1)).spans(30)) == []


def test_a_day_is_final_once_it_was_read_after_its_window() -> None:
    day = date(2026, 10, 24)
    days = days_of(zone="America/Los_Angeles")
    open_still = days.document(day, {"rows": []}, datetime(2026, 11, 22, 7, 59, tzinfo=UTC))
    closed = days.document(day, {"rows": []}, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    assert open_still.body == b'{"day":"2026-10-24","is_final":false,"rows":[]}'
    assert closed.body == b'{"day":"2026-10-24","is_final":true,"rows":[]}'
    assert (closed.id, closed.updated_at) == ("2026-10-24", None)


def test_volatile_parts_are_kept_and_make_no_new_version() -> None:
    def version(quota: int, rows: int) -> Any:
        report = {"rowCount": rows, "propertyQuota": {"tokensPerDay": quota}}
        return days_of().document(
            TODAY, {"report": report}, NOON, volatile=("report.propertyQuota", "none.such")
        )

    batcher = Batcher("a", NoHistory())
    landed = [row for table in batcher.tables([version(1, 5), version(2, 5)]) for row in table.to_pylist()]
    assert [row["document"] for row in landed] == [version(1, 5).body.decode()]
    assert b'"tokensPerDay":1' in version(1, 5).body
    assert next(iter(batcher.tables([version(3, 6)]))).num_rows == 1


def test_a_zone_that_nobody_knows_is_an_error_of_the_account() -> None:
    account = Account("meta_ads", "harbour")
    assert zone_of(account, "Europe/Berlin") == ZoneInfo("Europe/Berlin")
    for name in ("Atlantis/Main", None, "", "../etc"):
        with pytest.raises(MalformedAnswer, match="meta_ads/harbour"):
            zone_of(account, name)


def test_models_and_loaders_agree_how_long_a_day_may_move() -> None:
    project = yaml.safe_load((ROOT / "dbt_project" / "dbt_project.yml").read_text())
    modelled = project["vars"]["restatement_days"]
    assert set(modelled) == {"ga4", "google_ads", "meta_ads", "tiktok_ads"}
    assert modelled == {name: import_module(f"loaders.{name}.settings").RESTATED_DAYS for name in modelled}
