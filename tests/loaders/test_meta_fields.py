"""What is asked of Meta, checked against the vendor's own package: names, versions, windows, statuses."""

from __future__ import annotations

from facebook_business.adobjects.ad import Ad
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.adobjects.adset import AdSet
from facebook_business.adobjects.adsinsights import AdsInsights
from facebook_business.adobjects.campaign import Campaign
from facebook_business.apiconfig import ads_api_config
from facebook_business.session import FacebookSession

from loaders.meta_ads import client, settings
from tests.loaders.meta import Meta


def values(names: type) -> set[str]:
    """The constants of one of the package's classes."""
    return {one for key, one in vars(names).items() if not key.startswith("_") and isinstance(one, str)}


def test_the_version_is_the_one_of_the_vendors_package() -> None:
    assert ads_api_config["API_VERSION"] == settings.API_VERSION
    assert FacebookSession.GRAPH == settings.BASE_URL


def test_every_field_exists() -> None:
    assert set(settings.ACCOUNT_FIELDS) <= values(AdAccount.Field)
    assert set(settings.CAMPAIGN_FIELDS) <= values(Campaign.Field)
    assert set(settings.AD_SET_FIELDS) <= values(AdSet.Field)
    assert set(settings.AD_FIELDS) <= values(Ad.Field)
    assert set(settings.INSIGHT_FIELDS) <= values(AdsInsights.Field)
    for fields in (settings.CAMPAIGN_FIELDS, settings.AD_FIELDS, settings.INSIGHT_FIELDS):
        assert len(set(fields)) == len(fields)


def test_every_status_is_asked_for() -> None:
    assert set(settings.CAMPAIGN_STATUSES) == values(Campaign.EffectiveStatus)
    assert set(settings.AD_SET_STATUSES) == values(AdSet.EffectiveStatus)
    assert set(settings.AD_STATUSES) == values(Ad.EffectiveStatus)


def test_windows_level_and_breakdown_exist() -> None:
    assert set(settings.ATTRIBUTION_WINDOWS) <= values(AdsInsights.ActionAttributionWindows)
    assert "ad" in values(AdsInsights.Level)
    assert "action_type" in values(AdsInsights.ActionBreakdowns)


def test_what_is_sent_is_known_to_the_vendors_package(meta_alone: Meta) -> None:
    meta_alone.read("2026-10-01", "2026-11-22")
    sent = {name for one in meta_alone.graph.asked if one.method == "POST" for name in one.query}
    assert {"fields", "time_range", "action_attribution_windows"} <= sent <= values(AdReportRun.Field)
    assert {"async_status", "async_percent_completion", "error_code"} <= values(AdReportRun.Field)


def test_the_proof_is_made_as_the_vendors_package_makes_it() -> None:
    session = FacebookSession(app_secret="s" * 32, access_token="EAAB123")
    assert client._proof("s" * 32, "EAAB123") == session._gen_appsecret_proof()
