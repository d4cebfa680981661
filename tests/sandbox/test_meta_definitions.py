"""Meta's stand-in against the vendor's own client: its definitions, and the client itself at work on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from facebook_business.adobjects.ad import Ad
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.adobjects.adsactionstats import AdsActionStats
from facebook_business.adobjects.adset import AdSet
from facebook_business.adobjects.adsinsights import AdsInsights
from facebook_business.adobjects.campaign import Campaign
from facebook_business.api import FacebookAdsApi
from facebook_business.apiconfig import ads_api_config
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from sandbox.meta_ads import actions, fields, nodes, parameters, presets, runs, versions
from sandbox.running import Running
from sandbox.tallies import Place
from tests.sandbox.ads_world import BROAD, META, NOW, YESTERDAY, FixedMarketing, advertising, claim, delivery
from tests.sandbox.meta import ACT, Meta

NODES = {"account": AdAccount, "campaign": Campaign, "group": AdSet, "ad": Ad}


def values(holder: Any) -> set[str]:
    """What an enumeration of the client has."""
    return {value for name, value in vars(holder).items() if not name.startswith("_")}


def test_the_fields_of_a_row_are_the_vendors_and_of_its_types() -> None:
    known = values(AdsInsights.Field)
    assert set(fields.KNOWN) | fields.EMPTY <= known
    types = AdsInsights._field_types
    lists = {"actions", "action_values", "cost_per_action_type", "outbound_clicks", "purchase_roas",
             "website_purchase_roas"}  # fmt: skip
    assert {name for name in fields.KNOWN if types[name].startswith("list")} == lists
    assert {types[name] for name in set(fields.KNOWN) - lists} == {"string"}


def test_windows_levels_and_presets_are_the_vendors() -> None:
    windows = values(AdsInsights.ActionAttributionWindows)
    assert {*actions.WINDOWS, *actions.SILENT} == windows
    assert set(actions.WINDOWS) <= values(AdsActionStats.Field)
    assert set(parameters.LEVELS) == values(AdsInsights.Level)
    assert set(presets.NAMES) == values(AdsInsights.DatePreset)


def test_nodes_have_fields_of_the_vendors() -> None:
    for kind, (_, known, _) in nodes.KINDS.items():
        assert {*known, *nodes.EMPTY[kind]} <= values(NODES[kind].Field), kind
    for kind, states in nodes.STATES.items():
        assert set(states) == values(NODES[kind].EffectiveStatus), kind
    assert set(nodes.STATUS.values()) <= values(Campaign.Status)


def test_a_run_has_fields_of_the_vendors() -> None:
    days = (date(2026, 11, 1), date(2026, 11, 1))
    query = parameters.Query(("spend",), "ad", (days,), 1, ())
    run = runs.Runs(META).start(query, NOW)
    run.fail(percent=100, code=-2, subcode=2490547)
    for _ in range(3):
        run.look(NOW)
    shown = run.shown(META)
    assert shown["async_status"] == "Job Failed"
    assert set(shown) <= values(AdReportRun.Field)
    assert ads_api_config["API_VERSION"] == versions.NEWEST


def test_an_empty_place_has_no_status_above_it() -> None:
    assert nodes.effective_status(Place(BROAD), "campaign") == "ACTIVE"


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    marketing = FixedMarketing(
        {("meta_ads", "harbour", YESTERDAY): [delivery(BROAD, ad) for ad in range(3)]},
        {("meta_ads", "harbour"): [claim(BROAD)]},
    )
    with advertising(marketing) as running:
        yield running


@pytest.fixture
def official(here: Running) -> AdAccount:
    """The vendor's client of an account, with a proof of its app."""
    meta = Meta(here, "harbour")
    session = FacebookSession("300000000000001", meta.secrets["app_secret"], meta.token)
    session.GRAPH = meta.root
    return AdAccount(ACT, api=FacebookAdsApi(session, api_version="v26.0"))


def test_the_vendors_client_reads_things_page_by_page(official: AdAccount) -> None:
    ads = list(official.get_ads(fields=["name", "adset_id"], params={"limit": 2}))
    assert [ad["name"] for ad in ads][:3] == ["Prospecting 0", "Prospecting 1", "Prospecting 2"]
    account = official.api_get(fields=["name", "currency", "timezone_name"])
    assert (account["name"], account["timezone_name"]) == ("Harbour", "Europe/London")


def test_the_vendors_client_reads_a_report_while_it_waits_and_later(official: AdAccount) -> None:
    asked = {
        "level": "ad",
        "time_increment": 1,
        "time_range": {"since": YESTERDAY.isoformat(), "until": YESTERDAY.isoformat()},
        "action_attribution_windows": ["7d_click", "1d_view"],
        "limit": 2,
    }
    wanted = ["ad_id", "spend", "actions"]
    at_once = list(official.get_insights(fields=wanted, params=asked))
    assert [row["spend"] for row in at_once] == ["10", "10", "10"]
    run = official.get_insights_async(fields=wanted, params=asked)
    for _ in range(5):
        run = run.api_get()
        if run["async_status"] == "Job Completed":
            break
    assert [dict(row) for row in run.get_insights(params={"limit": 2})] == [dict(row) for row in at_once]


def test_the_vendors_client_understands_refusals(official: AdAccount) -> None:
    its_own = pytest.warns(UserWarning, match="does not allow field mood")
    with its_own, pytest.raises(FacebookRequestError) as refused:
        official.get_insights(fields=["mood"])
    assert (refused.value.api_error_code(), refused.value.http_status()) == (100, 400)
