"""What lands of a TikTok advertiser: a document per day, a new one only where the day changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loaders.common import AccountSwitched, LoadFailed
from loaders.common.errors import VendorTrouble
from tests.loaders.tiktok import ID, TikTok, refusal, row


def test_a_document_for_each_day_as_sent_also_for_days_without_delivery(tiktok: TikTok) -> None:
    tiktok.figures = lambda day: [row(day, "9", conversion="-")] if day.day % 2 else []
    assert tiktok.load().resources["ad_reports"].rows == 23
    documents = tiktok.documents("ad_reports")
    # it is noon in UTC, and tomorrow in Auckland
    assert (min(documents), max(documents), len(documents)) == ("2026-11-01", "2026-11-23", 23)
    assert documents["2026-11-02"] == {"day": "2026-11-02", "is_final": False, "rows": []}
    assert documents["2026-11-03"]["rows"] == [row(date(2026, 11, 3), "9", conversion="-")]
    assert tiktok.documents("advertisers") == {ID: {"advertiser_id": ID, "name": "Kiwi", **tiktok.advertiser}}


def test_only_the_days_that_changed_land_again(tiktok: TikTok) -> None:
    tiktok.load()
    assert tiktok.load().rows == 0
    figures, moved = tiktok.figures, date(2026, 11, 5)
    tiktok.figures = lambda day: [row(day, "1", spend="7.00")] if day == moved else figures(day)[::-1]
    assert tiktok.load().rows == 1
    assert tiktok.documents("ad_reports")["2026-11-05"]["rows"] == [row(moved, "1", spend="7.00")]


def test_thirty_days_are_read_again_and_a_closed_day_lands_once_more(tiktok: TikTok) -> None:
    tiktok.load()
    tiktok.now += timedelta(days=30)
    assert tiktok.load("ad_reports").rows == 30 + 22
    assert tiktok.spans() == [("2026-11-01", "2026-11-30"), ("2026-12-01", "2026-12-23")]
    tiktok.now += timedelta(days=1)
    assert tiktok.load("ad_reports").rows == 1 + 1
    assert tiktok.spans() == [("2026-11-23", "2026-12-22"), ("2026-12-23", "2026-12-24")]


def test_a_name_that_points_at_another_advertiser_is_refused(tiktok: TikTok) -> None:
    tiktok.load("advertisers")
    tiktok.accounts_file.write_text(tiktok.accounts_file.read_text().replace(ID, "88"))
    tiktok.between = lambda _: tiktok.say({"list": [{"advertiser_id": "88", **tiktok.advertiser}]})
    with pytest.raises(AccountSwitched, match=ID):
        tiktok.load()


def test_a_window_that_fails_leaves_what_came_before_it_and_is_read_again(tiktok: TikTok) -> None:
    tiktok.between = lambda asked: refusal(50000) if asked.query.get("start_date") == "2026-10-31" else None
    with pytest.raises(LoadFailed) as caught:
        tiktok.load("ad_reports", since="2026-10-01")
    assert isinstance(caught.value.report.errors[0], VendorTrouble)
    assert max(tiktok.documents("ad_reports")) == "2026-10-30"
    tiktok.between = lambda _: None
    assert tiktok.load("ad_reports", since="2026-10-01").rows == 24
