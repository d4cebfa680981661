"""Who may ask the Data API: bearers, properties, paths, in the order in which Google looks."""

from __future__ import annotations

import pytest
import requests

from tests.sandbox.google_callers import AdsCaller, Ga4Caller

RUN = "/ga4/v1beta/properties/411000001:runReport"
EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
ID_PAGE = "https://developers.google.com/analytics/devguides/reporting/data/v1/property-id."
SOUND = {"dateRanges": [{"startDate": "yesterday", "endDate": "today"}], "metrics": [{"name": "sessions"}]}


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    error = answer.json()["error"]
    assert error["code"] == answer.status_code
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    return error["code"], error["status"], error["message"]


def test_nobody_is_refused_before_the_body_is_looked_at(ga4: Ga4Caller) -> None:
    answer = requests.post(f"{ga4.here.url}{RUN}", data="{broken", timeout=30)
    what = f"Request is missing required authentication credential. {EXPECTED}"
    assert refusal(answer) == (401, "UNAUTHENTICATED", what)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="https://accounts.google.com/"'
    assert answer.json()["error"]["details"] == [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "CREDENTIALS_MISSING",
            "domain": "googleapis.com",
            "metadata": {
                "method": "google.analytics.data.v1beta.BetaAnalyticsData.RunReport",
                "service": "analyticsdata.googleapis.com",
            },
        }
    ]


@pytest.mark.parametrize("header", ["Bearer ya29.c.unknown", "Basic abc", "Bearer "])
def test_a_token_that_is_none(ga4: Ga4Caller, header: str) -> None:
    answer = ga4.call(RUN, b"{broken", Authorization=header)
    what = f"Request had invalid authentication credentials. {EXPECTED}"
    assert refusal(answer) == (401, "UNAUTHENTICATED", what)
    assert "details" not in answer.json()["error"]
    challenge = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    assert answer.headers["WWW-Authenticate"] == challenge


def test_a_token_may_stand_in_the_address(ga4: Ga4Caller) -> None:
    assert ga4.call(f"{RUN}?access_token={ga4.token}", SOUND, Authorization="").ok


@pytest.mark.parametrize("kind", ["expired_token", "revoked_token"])
def test_a_token_that_has_run_out_looks_like_one_that_is_none(ga4: Ga4Caller, kind: str) -> None:
    ga4.fault(kind, route="runReport")
    assert refusal(ga4.call(RUN, SOUND))[2].startswith("Request had invalid authentication credentials.")
    assert ga4.call(RUN, SOUND).ok


def test_a_reset_takes_all_tokens_back(ga4: Ga4Caller) -> None:
    assert ga4.call(RUN, SOUND).ok
    requests.delete(f"{ga4.here.url}/control/accounts/ga4/harbour", timeout=30)
    assert ga4.call(RUN, SOUND).status_code == 401


def test_a_token_for_another_api(ga4: Ga4Caller, ads: AdsCaller) -> None:
    answer = ga4.call(RUN, SOUND, Authorization=f"Bearer {ads.token}")
    assert refusal(answer) == (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
    assert answer.json()["error"]["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


@pytest.mark.parametrize("number", ["411000002", "999"])
def test_a_property_that_is_anothers_or_none(ga4: Ga4Caller, number: str) -> None:
    path = f"/ga4/v1beta/properties/{number}"
    what = "User does not have sufficient permissions for this property. To learn more about Property ID, see"
    for answer in (ga4.call(f"{path}:runReport", SOUND), ga4.call(f"{path}/metadata", method="GET")):
        assert refusal(answer) == (403, "PERMISSION_DENIED", f"{what} {ID_PAGE}")


def test_a_property_is_named_by_its_number(ga4: Ga4Caller) -> None:
    what = "Invalid property ID: abc. A numeric Property ID is required. To learn more about Property ID, see"
    answer = ga4.call("/ga4/v1beta/properties/abc:runReport", SOUND)
    assert refusal(answer) == (403, "PERMISSION_DENIED", f"{what} {ID_PAGE}")


def test_users_are_removed_and_apis_switched_off(ga4: Ga4Caller) -> None:
    ga4.configure(can_read=False)
    assert refusal(ga4.call(RUN, SOUND))[1] == "PERMISSION_DENIED"
    ga4.configure(can_read=True, api_enabled=False)
    answer = ga4.call(RUN, SOUND)
    assert refusal(answer)[2].startswith("Google Analytics Data API has not been used in project ")
    assert answer.json()["error"]["details"][0]["reason"] == "SERVICE_DISABLED"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", RUN),
        ("POST", "/ga4/v1beta/properties/411000001/metadata"),
        ("POST", "/ga4/v1beta/properties/411000001:runEverything"),
        ("POST", "/ga4/v1alpha/properties/411000001:runReport"),
        ("POST", "/ga4/v1beta/properties:runReport"),
        ("DELETE", "/ga4/v1beta/properties/411000001:runReport"),
    ],
)
def test_what_is_no_route_is_a_page(ga4: Ga4Caller, method: str, path: str) -> None:
    answer = ga4.call(path, method=method)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=UTF-8")
    assert "<title>Error 404 (Not Found)!!1</title>" in answer.text


def test_the_form_of_the_body_comes_before_the_permission(ga4: Ga4Caller) -> None:
    answer = ga4.call("/ga4/v1beta/properties/411000002:runReport", {"x": 1})
    assert refusal(answer)[:2] == (400, "INVALID_ARGUMENT")


def test_a_user_reads_the_property_with_a_refresh_token(ga4: Ga4Caller) -> None:
    ga4.configure(by_user=True)
    made = ga4.exchange(grant_type="refresh_token", **ga4.secrets).json()
    assert ga4.call(RUN, SOUND, Authorization=f"Bearer {made['access_token']}").ok
