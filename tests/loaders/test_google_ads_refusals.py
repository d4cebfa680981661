"""What Google Ads says when it says no: a manager's clients, limits that say when, errors in a list."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from loaders.common import LoadFailed
from loaders.common.accounts import account
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    MalformedAnswer,
    QueryRejected,
    ThrottledTooLong,
    VersionExpired,
    WrongToken,
)
from loaders.common.google_problems import NoAccess
from loaders.google_ads import settings
from loaders.google_ads.client import Client
from loaders.google_ads.refusals import PageLost
from tests.loaders.scripted import Answer, Asked
from tests.loaders.scripted_google_ads import ID, Customer

QUERY = "SELECT campaign.id FROM campaign"
SAID = "The vendor's own words."
QUOTA, TOO_MANY = ("quotaError", "RESOURCE_EXHAUSTED"), (429, "RESOURCE_EXHAUSTED")


class No(NamedTuple):
    """A refusal, and what is made of it."""

    code: str
    error: type[LoaderError]
    says: str
    remedy: str
    status: tuple[int, str] = (400, "INVALID_ARGUMENT")


DENIED = (403, "PERMISSION_DENIED")
REFUSALS = (
    No("USER_PERMISSION_DENIED", NoAccess, "may not see customer 100-000-0001", "999-000-1111", DENIED),
    No("CUSTOMER_NOT_ENABLED", NoAccess, "not set up yet, or was closed", "reopen", DENIED),
    No("CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION", NoAccess, "test accounts only", "Basic", DENIED),
    No("NOT_ADS_USER", WrongToken, "no access to any", "user of the account", (401, "UNAUTHENTICATED")),
    No("CUSTOMER_NOT_FOUND", AccountMisconfigured, "no customer 100-000-0001", "ten digits"),
    No("INVALID_LOGIN_CUSTOMER_ID", AccountMisconfigured, "no manager 999-000-1111", "login_customer_id"),
    No("UNSUPPORTED_VERSION", VersionExpired, "no longer serves v26", "Update Countinghouse"),
    No("REQUESTED_METRICS_FOR_MANAGER", AccountMisconfigured, "is a manager account", "its clients"),
    No("UNRECOGNIZED_FIELD", QueryRejected, "refuses a query", "report it"),
    No("INVALID_PAGE_TOKEN", PageLost, "a page of a list is gone", "Load again"),
)


def answers(ads: Customer, *said: Answer) -> None:
    """Say these, one after the other, and go on as ever."""
    left = list(said)

    def between(_: Asked) -> Answer | None:
        return left.pop(0) if left else None

    ads.between = between


@pytest.mark.parametrize("wrapped", [False, True], ids=["plain", "in a list"])
@pytest.mark.parametrize("no", REFUSALS, ids=lambda no: no.code)
def test_each_refusal_names_cause_and_remedy(ads_alone: Customer, no: No, wrapped: bool) -> None:
    status, headers, body = ads_alone.fail(*no.status, ("someError", no.code), SAID)
    ads_alone.between = lambda _asked: (status, headers, b"[" + body + b"]" if wrapped else body)
    with pytest.raises(no.error, match=no.says) as caught:
        ads_alone.client().rows(QUERY)
    assert SAID in str(caught.value)
    assert "google_ads/harbour" in str(caught.value)
    assert no.remedy in caught.value.remedy


def test_without_a_manager_the_remedy_names_the_option(ads_alone: Customer) -> None:
    ads_alone.configured.account(customer_id=ID, base_url=ads_alone.url, token_url=f"{ads_alone.url}/token")
    said = ads_alone.fail(*DENIED, ("authorizationError", "USER_PERMISSION_DENIED"), SAID)
    ads_alone.between = lambda _: said
    with pytest.raises(NoAccess) as caught:
        ads_alone.client().customer()
    assert "set login_customer_id to its number in [google_ads.harbour]" in caught.value.remedy


def test_a_manager_is_refused_with_the_names_of_its_clients(
    ads: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CLIENTS_NAMED", 2)
    ads.customer["manager"] = True
    clients = [("Harbour", "1000000001"), ("Linden", "1000000004"), ("Kiwi", "1000000003")]
    ads.things["customer_client"] = [
        {"customerClient": {"id": ID, "descriptiveName": "Us", "manager": True, "level": "0"}},
        *({"customerClient": {"id": number, "descriptiveName": name}} for name, number in clients),
    ]
    with pytest.raises(AccountMisconfigured, match="100-000-0001 is a manager account") as caught:
        ads.load()
    assert "its clients: Harbour (100-000-0001), Linden (100-000-0004) and 1 more." in caught.value.cause
    assert 'login_customer_id = "100-000-0001" in [google_ads.harbour]' in caught.value.remedy


def test_a_manager_whose_clients_cannot_be_listed_is_refused_all_the_same(ads_alone: Customer) -> None:
    ads_alone.customer["manager"] = True
    denied = ads_alone.fail(*DENIED, ("authorizationError", "USER_PERMISSION_DENIED"), SAID)
    ads_alone.between = lambda asked: denied if b"customer_client" in asked.body else None
    with pytest.raises(AccountMisconfigured, match="none that can be seen"):
        ads_alone.client().customer()


@pytest.mark.parametrize(
    ("message", "details", "seconds"),
    [
        ("Too many requests.", {"quotaErrorDetails": {"retryDelay": "7s"}}, 7.0),
        ("Too many requests. Retry in 12 seconds.", {}, 12.0),
    ],
)
def test_a_limit_is_waited_out_for_as_long_as_it_says(
    ads_alone: Customer, message: str, details: dict[str, Any], seconds: float
) -> None:
    answers(ads_alone, ads_alone.fail(*TOO_MANY, QUOTA, message, **details))
    waits: list[float] = []
    client = Client.of(account("google_ads", "harbour"), sleep=waits.append)
    assert client.rows(QUERY)[0] == []
    assert [round(one) for one in waits] == [seconds]


def test_a_limit_without_a_time_is_tried_again_and_one_of_hours_is_told(ads_alone: Customer) -> None:
    short = ads_alone.fail(*TOO_MANY, ("quotaError", "RESOURCE_TEMPORARILY_EXHAUSTED"), "Slow down.")
    answers(ads_alone, short, short)
    assert ads_alone.client().rows(QUERY)[0] == []
    details = {"rateScope": "DEVELOPER", "rateName": "Number of operations", "retryDelay": "5603s"}
    long = ads_alone.fail(*TOO_MANY, QUOTA, "Retry in 5603 seconds.", quotaErrorDetails=details)
    ads_alone.asked.clear()
    ads_alone.between = lambda _: long
    with pytest.raises(ThrottledTooLong, match="used up: Retry in 5603 seconds") as caught:
        ads_alone.client().rows(QUERY)
    assert len(ads_alone.asked) == 1
    assert "what was not read is read then" in caught.value.remedy


def test_a_limit_stops_the_account_what_was_read_lands_and_the_rest_comes_next_time(ads: Customer) -> None:
    for day in range(1, 23):
        ads.spend(f"2026-11-{day:02}", 701, day)
    details = {"retryDelay": "90000s"}
    ads.between = lambda asked: (
        ads.fail(*TOO_MANY, QUOTA, "Come back.", quotaErrorDetails=details)
        if b"BETWEEN '2026-11-11'" in asked.body
        else None
    )
    with pytest.raises(LoadFailed, match="ad_reports, conversion_reports: the limit") as caught:
        ads.load()
    assert caught.value.report.resources["ad_reports"].rows == 10
    ads.between = lambda _: None
    again = ads.load().resources["ad_reports"]
    assert (again.rows, again.unchanged) == (12, 10)


def test_a_version_that_never_was_is_a_web_page(ads_alone: Customer) -> None:
    ads_alone.between = lambda _: ads_alone.page(404)
    with pytest.raises(AccountMisconfigured, match=r"there is no Google Ads API at .*/v26 \(HTTP 404, a web"):
        ads_alone.client().rows(QUERY)


@pytest.mark.parametrize("body", [b'{"results": {}}', b'{"results": [1]}', b"[]", b"<html></html>"])
def test_what_is_no_list_of_rows_is_refused(ads_alone: Customer, body: bytes) -> None:
    ads_alone.between = lambda _: (200, {}, body)
    with pytest.raises(MalformedAnswer, match="google_ads/harbour"):
        ads_alone.client().rows(QUERY)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"customer_id": "12345"}, "`customer_id` in the accounts file is no customer's number"),
        (
            {"customer_id": ID, "login_customer_id": "manager"},
            "`login_customer_id` in the accounts file is no",
        ),
        ({"customer_id": ID, "concurrency": 0}, "is no usable number"),
    ],
)
def test_an_accounts_file_that_is_wrong_says_what_to_write(
    ads_alone: Customer, options: dict[str, Any], says: str
) -> None:
    ads_alone.configured.account(**options)
    with pytest.raises(AccountMisconfigured, match=says):
        ads_alone.client()
