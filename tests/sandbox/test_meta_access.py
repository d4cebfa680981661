"""Who may ask Meta's stand-in, which version of it, how often, and how it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.meta_ads.access import proof_of
from sandbox.running import Running
from tests.sandbox.ads_world import (
    BROAD,
    NOW,
    YESTERDAY,
    FixedMarketing,
    advertising,
    control,
    delivery,
    tidied,
)
from tests.sandbox.meta import ACT, Meta


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    marketing = FixedMarketing({("meta_ads", "harbour", YESTERDAY): [delivery(BROAD)]})
    with advertising(marketing) as running:
        yield running


@pytest.fixture
def here(shared: Running) -> Iterator[Running]:
    yield from tidied(shared)


@pytest.fixture
def meta(here: Running) -> Meta:
    return Meta(here, "harbour")


def fault(here: Running, kind: str, **options: Any) -> None:
    control(here, "faults", kind=kind, platform="meta_ads", **options)


def test_a_malformed_token_is_refused_by_where_it_stands(meta: Meta) -> None:
    meta.token = "secret!"
    as_parameter = meta.error(ACT)
    assert (as_parameter["code"], as_parameter["type"]) == (190, "OAuthException")
    assert as_parameter["message"] == "Invalid OAuth access token - Cannot parse access token"
    assert "error_subcode" not in as_parameter
    answer = requests.get(f"{meta.base}/{ACT}", headers={"Authorization": "Bearer secret!"}, timeout=20)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
    assert answer.headers["WWW-Authenticate"].startswith('OAuth "Facebook Platform" "invalid_token"')


def test_a_token_in_the_header_is_as_good(meta: Meta) -> None:
    bearer = {"Authorization": f"Bearer {meta.token}"}
    answer = requests.get(f"{meta.base}/{ACT}/insights", {"limit": 1}, headers=bearer, timeout=20)
    assert answer.status_code == 200


def test_nobody_is_asking(meta: Meta) -> None:
    assert requests.get(f"{meta.base}/me", timeout=20).json()["error"]["code"] == 2500
    assert requests.get(f"{meta.base}/{ACT}", timeout=20).json()["error"]["code"] == 104
    meta.token = "EAAB" + "0" * 60
    assert meta.error(ACT)["error_subcode"] == 467


@pytest.mark.parametrize(
    ("subcode", "words"),
    [
        (463, "Session has expired on Sunday, 22-Nov-26 05:00:00"),
        (460, "changed their password"),
        (458, "has not authorized application"),
        (None, "logged out"),
    ],
)
def test_tokens_end_for_several_reasons(here: Running, meta: Meta, subcode: int | None, words: str) -> None:
    fault(here, "revoked_token", store="harbour", subcode=subcode)
    refused = meta.error(f"{ACT}/campaigns")
    assert (refused["code"], refused["error_subcode"]) == (190, subcode or 467)
    assert refused["message"].startswith("Error validating access token: ")
    assert words in refused["message"]
    assert refused["fbtrace_id"]


def test_a_proof_has_to_be_right_and_may_be_demanded(here: Running, meta: Meta) -> None:
    proof = proof_of(meta.token)
    assert meta.get(ACT, appsecret_proof=proof)["id"] == ACT
    assert meta.error(ACT, appsecret_proof=proof[::-1])["message"].startswith("Invalid appsecret_proof")
    control(here, "accounts/meta_ads/harbour", requires_proof=True)
    assert "require an appsecret_proof" in meta.error(ACT)["message"]
    following = meta.get(f"{ACT}/ads", limit="1", appsecret_proof=proof)["paging"]["next"]
    assert "appsecret_proof" not in following
    assert meta.token in following


def test_a_token_sees_its_own_account(here: Running, meta: Meta) -> None:
    mine = meta.get("me/adaccounts", fields="name,currency,timezone_name")["data"]
    assert mine == [{"name": "Harbour", "currency": "GBP", "timezone_name": "Europe/London", "id": ACT}]
    refused = meta.error("act_550000000000002/insights", status=403)
    assert (refused["code"], refused["message"][:25]) == (200, "(#200) Ad account owner h")
    missing = meta.error("act_1")
    assert (missing["code"], missing["error_subcode"], missing["type"]) == (100, 33, "GraphMethodException")
    fault(here, "missing_scope", store="harbour")
    assert meta.error(ACT, status=403)["code"] == 200


def test_versions_expire_by_the_sandboxs_clock(here: Running, meta: Meta) -> None:
    old = {"v20.0": 2635, "v2.0": 2635, "v99.0": 2500}
    for version, code in old.items():
        answer = requests.get(f"{meta.root}/{version}/{ACT}", {"access_token": meta.token}, timeout=20)
        assert answer.json()["error"]["code"] == code
    before = Meta(here, "harbour", "v21.0")
    assert before.get(ACT)["id"] == ACT
    here.sandbox.advance(NOW + timedelta(days=61))
    assert "deprecated version of the Ads API" in before.error(ACT)["message"]


def test_paths_that_lead_nowhere(meta: Meta) -> None:
    assert meta.error(f"{ACT}/moods")["message"] == "Unknown path components: /moods"
    assert meta.error("120210000000099999")["error_subcode"] == 33
    assert meta.error(ACT, post=True)["message"].startswith("Unsupported post request.")
    field = meta.error(f"{ACT}/campaigns", fields="id,mood")
    assert (
        field["message"] == "(#100) Tried accessing nonexisting field (mood) on node type (AdCampaignGroup)"
    )


def test_settings_are_checked(here: Running) -> None:
    address = f"{here.url}/control/accounts/meta_ads/harbour"
    for wrong in ({"mood": 1}, {"tier": "gold"}, {"sync_rows": "many"}, {"account_status": 4}):
        assert requests.post(address, json=wrong, timeout=20).status_code == 422
    changed = requests.post(address, json={"account_status": 2}, timeout=20).json()
    assert changed["account_status"] == 2
    assert Meta(here, "harbour").get(ACT, fields="account_status")["account_status"] == 2
