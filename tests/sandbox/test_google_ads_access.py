"""Who may read which customer at Google Ads, through whom, in which version, how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.google_callers import ADWORDS, AdsCaller, Ga4Caller, code

CUSTOMER = "SELECT customer.id FROM customer"
DENIED = (
    "User doesn't have permission to access customer. Note: If you're accessing a client customer, the "
    "manager's customer id must be set in the 'login-customer-id' header. See "
    "https://developers.google.com/google-ads/api/docs/concepts/call-structure#cid"
)


def test_nobody_and_somebody_with_a_wrong_token(ads: AdsCaller) -> None:
    path = "/google_ads/v26/customers/1000000001/googleAds:search"
    answer = ads.call(path, b"{broken", Authorization="")
    assert answer.json()["error"]["details"][0]["reason"] == "CREDENTIALS_MISSING"
    metadata = answer.json()["error"]["details"][0]["metadata"]
    assert metadata["method"] == "google.ads.googleads.v26.services.GoogleAdsService.Search"
    answer = ads.call(path, b"{broken", Authorization="Bearer ya29.x")
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    ads.fault("expired_token", route="search")
    assert ads.ask(CUSTOMER).status_code == 401
    assert ads.ask(CUSTOMER).ok


def test_a_token_of_analytics_does_not_do(ads: AdsCaller, ga4: Ga4Caller) -> None:
    path = "/google_ads/v26/customers/1000000001/googleAds:search"
    answer = ads.call(path, {"query": CUSTOMER}, Authorization=f"Bearer {ga4.token}")
    assert (answer.status_code, answer.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


def test_a_client_is_seen_through_its_manager(ads: AdsCaller) -> None:
    assert ads.rows(CUSTOMER) == [{"customer": {"resourceName": "customers/1000000001", "id": "1000000001"}}]
    for login in ("", "1000000001", "1000000004", "5555555555"):
        ads.manager = login
        answer = ads.ask(CUSTOMER)
        error = answer.json()["error"]
        assert (answer.status_code, error["status"]) == (403, "PERMISSION_DENIED")
        assert error["message"] == "The caller does not have permission"
        assert error["details"][0]["@type"].endswith("google.ads.googleads.v26.errors.GoogleAdsFailure")
        assert error["details"][0]["requestId"] == answer.headers["request-id"]
        (inner,) = error["details"][0]["errors"]
        assert inner == {
            "errorCode": {"authorizationError": "USER_PERMISSION_DENIED"},
            "message": DENIED,
        }


def test_direct_access_needs_no_manager(ads: AdsCaller) -> None:
    ads.configure(direct_access=True)
    ads.manager = ""
    assert ads.ask(CUSTOMER).ok
    assert ads.ask(CUSTOMER, customer="1000000004").status_code == 403


@pytest.mark.parametrize(
    ("setting", "status", "failure"),
    [
        ("can_read", 403, "USER_PERMISSION_DENIED"),
        ("is_ads_user", 401, "NOT_ADS_USER"),
        ("enabled", 403, "CUSTOMER_NOT_ENABLED"),
        ("approved", 403, "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION"),
    ],
)
def test_callers_and_customers_that_are_not_in_order(
    ads: AdsCaller, setting: str, status: int, failure: str
) -> None:
    ads.configure(**{setting: False})
    answer = ads.ask(CUSTOMER)
    assert (answer.status_code, code(answer)) == (status, failure)


def test_ids_are_ten_digits(ads: AdsCaller) -> None:
    assert code(ads.ask(CUSTOMER, customer="100-000-0001")) == "INVALID_CUSTOMER_ID"
    assert code(ads.ask(CUSTOMER, customer="1234567890")) == "CUSTOMER_NOT_FOUND"
    ads.manager = "999-000-1111"
    answer = ads.ask(CUSTOMER)
    assert (answer.status_code, code(answer)) == (400, "INVALID_LOGIN_CUSTOMER_ID")


@pytest.mark.parametrize("version", ["v20", "v21", "v22"])
@pytest.mark.parametrize("verb", ["search", "searchStream"])
def test_versions_that_have_been_switched_off(ads: AdsCaller, version: str, verb: str) -> None:
    ads.version = version
    answer = ads.ask(CUSTOMER, verb=verb)
    assert (answer.status_code, code(answer)) == (400, "UNSUPPORTED_VERSION")
    body = answer.json()[0] if verb == "searchStream" else answer.json()
    failure = body["error"]["details"][0]
    kind = f"type.googleapis.com/google.ads.googleads.{version}.errors.GoogleAdsFailure"
    assert failure["@type"] == kind
    message = f"Version {version} is deprecated. Requests to this version will be blocked."
    assert failure["errors"][0]["message"] == message


def test_versions_that_are_served_and_those_that_never_were(ads: AdsCaller) -> None:
    for version, status in (("v23", 200), ("v25", 200), ("v27", 404), ("v1", 404)):
        ads.version = version
        answer = ads.ask(CUSTOMER)
        assert answer.status_code == status
        assert (status == 404) == answer.headers["Content-Type"].startswith("text/html")
    ads.version = "v24"
    ads.configure(approved=False)
    assert code(ads.ask(CUSTOMER)) == "ACTION_NOT_PERMITTED"


def test_which_customers_a_caller_sees_without_another(ads: AdsCaller) -> None:
    path = "/google_ads/v26/customers:listAccessibleCustomers"
    assert ads.call(path, method="GET").json() == {"resourceNames": ["customers/9990001111"]}
    ads.configure(direct_access=True)
    names = ads.call(path, method="GET").json()["resourceNames"]
    assert names == ["customers/9990001111", "customers/1000000001"]
    assert ads.call(path, method="POST").status_code == 404


def test_a_service_account_may_read_too(ads: AdsCaller) -> None:
    assert ads.file()["type"] == "service_account"
    assert ads.ask(CUSTOMER).ok


def test_what_is_used_up_comes_back_with_the_hour(own_practice: Running) -> None:
    ads = AdsCaller(own_practice, "google_ads", "harbour", ADWORDS)
    now = own_practice.sandbox.now()
    own_practice.sandbox.advance(now + timedelta(minutes=20))
    ads.fault("quota_exhausted")
    for _ in range(2):
        answer = ads.ask(CUSTOMER, verb="searchStream")
        assert answer.status_code == 429
        (body,) = answer.json()
        assert body["error"]["message"] == "Resource has been exhausted (e.g. check quota)."
        (inner,) = body["error"]["details"][0]["errors"]
        assert inner == {
            "errorCode": {"quotaError": "RESOURCE_EXHAUSTED"},
            "message": "Too many requests. Retry in 2400 seconds.",
            "details": {
                "quotaErrorDetails": {
                    "rateScope": "DEVELOPER",
                    "rateName": "Number of operations for basic access",
                    "retryDelay": "2400s",
                }
            },
        }
    own_practice.sandbox.advance(now + timedelta(hours=1))
    assert ads.ask(CUSTOMER).ok


def test_operations_are_counted_for_a_day(own_practice: Running) -> None:
    ads = AdsCaller(own_practice, "google_ads", "harbour", ADWORDS)
    ads.configure(operations_per_day=2)
    assert [ads.ask(CUSTOMER).status_code for _ in range(3)] == [200, 200, 429]
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(hours=24))
    assert ads.ask(CUSTOMER).ok


def test_throttles_and_faults_of_the_server(ads: AdsCaller) -> None:
    ads.fault("throttled")
    answer = ads.ask(CUSTOMER)
    assert (answer.status_code, code(answer)) == (429, "RESOURCE_TEMPORARILY_EXHAUSTED")
    for status, failure in ((500, "INTERNAL_ERROR"), (503, "TRANSIENT_ERROR"), (504, "DEADLINE_EXCEEDED")):
        ads.fault("server_error", status=status, route="searchStream")
        answer = ads.ask(CUSTOMER, verb="searchStream")
        assert (answer.status_code, code(answer)) == (status, failure)
    ads.fault("html_error", status=502, route="search")
    assert ads.ask(CUSTOMER).headers["Content-Type"] == "text/html; charset=UTF-8"


def test_no_developer_token_is_needed_and_none_does_harm(ads: AdsCaller) -> None:
    path = "/google_ads/v26/customers/1000000001/googleAds:search"
    headers = {"login_customer_id": ads.manager, "developer_token": "x" * 22}
    answer = ads.call(path, {"query": CUSTOMER}, **headers)
    assert answer.ok
    assert answer.headers["request-id"]


def test_faults_of_an_account_meet_its_caller_at_the_manager_too(ads: AdsCaller) -> None:
    path = "/google_ads/v26/customers:listAccessibleCustomers"
    ads.fault("html_error", status=502, route="listAccessibleCustomers")
    assert ads.call(path, method="GET").status_code == 502
    ads.fault("truncated_json", route="search")
    cut = ads.ask(CUSTOMER, customer=ads.manager)
    assert cut.ok
    with pytest.raises(requests.JSONDecodeError):
        cut.json()
    ads.fault("dropped_connection", route="search")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        ads.ask(CUSTOMER)
    assert ads.ask(CUSTOMER).ok
