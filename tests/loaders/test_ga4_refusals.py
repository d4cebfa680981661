"""What GA4 says when it says no: limits are waited out or told, each refusal names cause and remedy."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    QueryRejected,
    ThrottledTooLong,
    VendorTrouble,
    WrongToken,
)
from loaders.common.google_problems import NoAccess
from loaders.ga4 import settings
from loaders.ga4.reports import SESSIONS
from tests.loaders.scripted import Answer, Asked
from tests.loaders.scripted_ga4 import ID, Property

LIMITED = (429, "RESOURCE_EXHAUSTED")
NOT_SEEN = (
    "User does not have sufficient permissions for this property. To learn more about Property ID, see x."
)
DISABLED = "Google Analytics Data API has not been used in project 7 before or it is disabled. Enable it."
RETURN = "These quota tokens will return in under"
INCOMPATIBLE = "Please remove landingPage to make the request compatible."
REPORT = [SESSIONS.request(date(2026, 11, 20))]


def answers(ga4: Property, *said: Answer) -> None:
    """Say these, one after the other, and go on as ever."""
    left = list(said)

    def between(_: Asked) -> Answer | None:
        return left.pop(0) if left else None

    ga4.between = between


@pytest.mark.parametrize(
    ("said", "error", "says", "remedy"),
    [
        ((403, "PERMISSION_DENIED", NOT_SEEN), NoAccess, "does not exist, or the service acc", "Viewer"),
        (
            (403, "PERMISSION_DENIED", f"Invalid property ID: {ID}."),
            NoAccess,
            "does not exist",
            "property_id",
        ),
        ((403, "PERMISSION_DENIED", DISABLED), NoAccess, "not enabled", "Enable it there"),
        (
            (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes."),
            NoAccess,
            "does not cover",
            "GA4_HARBOUR_REFRESH_TOKEN",
        ),
        ((400, "INVALID_ARGUMENT", INCOMPATIBLE), QueryRejected, "remove landingPage", "report it"),
        (
            (400, "INVALID_ARGUMENT", "Field x is not a valid metric."),
            QueryRejected,
            "not a valid metric",
            "report it",
        ),
    ],
)
def test_each_refusal_names_cause_and_remedy(
    ga4_alone: Property, said: tuple[int, str, str], error: type[LoaderError], says: str, remedy: str
) -> None:
    ga4_alone.between = lambda _: ga4_alone.refuse(*said)
    with pytest.raises(error, match=says) as caught:
        ga4_alone.client().reports(REPORT)
    assert "ga4/harbour" in str(caught.value)
    assert remedy in caught.value.remedy
    assert len(ga4_alone.asked) == 1


@pytest.mark.parametrize(
    ("message", "waits"),
    [
        ("Exhausted concurrent requests quota.", True),
        (f"Exhausted client errors quota. {RETURN} 15 minutes.", True),
        (f"Exhausted property tokens for a project per hour. {RETURN} an hour.", False),
        (f"Exhausted property tokens per day. {RETURN} 24 hours.", False),
        ("Exhausted something new.", False),
    ],
)
def test_limits_that_are_over_soon_are_waited_out(ga4_alone: Property, message: str, waits: bool) -> None:
    answers(ga4_alone, *[ga4_alone.refuse(*LIMITED, message)] * 2)
    if waits:
        assert ga4_alone.client().reports(REPORT).body["reports"]
        assert len(ga4_alone.asked) == 3
        return
    with pytest.raises(ThrottledTooLong, match=f"quota of property {ID} is used up: Exhausted") as caught:
        ga4_alone.client().reports(REPORT)
    assert len(ga4_alone.asked) == 1
    assert "what was not read is read then" in caught.value.remedy


def test_patience_with_limits_has_an_end(ga4_alone: Property, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LIMIT_PATIENCE_SECONDS", 0.05)
    ga4_alone.between = lambda _: ga4_alone.refuse(*LIMITED, "Exhausted concurrent requests quota.")
    with pytest.raises(ThrottledTooLong):
        ga4_alone.client().reports(REPORT)
    assert len(ga4_alone.asked) == 6


def test_a_used_up_quota_stops_the_account_and_the_rest_is_read_next_time(ga4: Property) -> None:
    ga4.configured.account(property_id=ID, base_url=ga4.url, since="2026-11-01")
    batches = 0

    def between(asked: Asked) -> Answer | None:
        nonlocal batches
        batches += asked.path.endswith("Reports")
        return ga4.refuse(*LIMITED, "Exhausted property tokens per day.") if batches > 3 else None

    ga4.between = between
    with pytest.raises(LoadFailed, match="session_reports, purchase_reports: the quota") as caught:
        ga4.load()
    # The first question of all is a batch as well.
    assert caught.value.report.resources["session_reports"].rows == 2 * settings.REPORTS_PER_BATCH
    assert ga4.rows("purchase_reports") == 0
    ga4.between = lambda _: None
    again = ga4.load()
    # The first two days were closed when they were read: a history longer than a quota comes to its end.
    assert (again.resources["session_reports"].rows, again.resources["session_reports"].unchanged) == (12, 8)
    assert len(ga4.documents("session_reports")) == len(ga4.documents("purchase_reports")) == 22


def test_a_token_that_ran_out_is_renewed_and_nobody_notices(ga4_alone: Property) -> None:
    client = ga4_alone.client()
    client.property()
    ga4_alone.revoke()
    assert client.reports(REPORT).body["reports"]
    assert len(ga4_alone.grants) == 2


def test_a_token_that_is_refused_twice_stops_the_account(ga4_alone: Property) -> None:
    ga4_alone.between = lambda _: ga4_alone.refuse(401, "UNAUTHENTICATED", "Request had invalid credentials.")
    with pytest.raises(WrongToken, match="does not accept a token that was just given"):
        ga4_alone.client().property()
    assert len(ga4_alone.grants) == 2


def test_passing_trouble_is_tried_again_and_lasting_trouble_told(ga4_alone: Property) -> None:
    trouble = ga4_alone.refuse(503, "UNAVAILABLE", "The service is currently unavailable.")
    answers(ga4_alone, trouble, ga4_alone.refuse(500, "INTERNAL", "Internal error encountered."))
    assert ga4_alone.client().reports(REPORT).body["reports"]
    ga4_alone.between = lambda _: trouble
    with pytest.raises(VendorTrouble, match="currently unavailable"):
        ga4_alone.client().reports(REPORT)


def test_an_address_that_is_no_api_is_told(ga4_alone: Property) -> None:
    ga4_alone.configured.account(property_id=ID, base_url=f"{ga4_alone.url}/elsewhere")
    with pytest.raises(
        AccountMisconfigured, match=r"there is no Google Analytics Data API at http.*elsewhere"
    ):
        ga4_alone.client().property()


def test_a_token_goes_nowhere_but_to_the_address_that_is_configured(ga4_alone: Property) -> None:
    ga4_alone.between = lambda _: (302, {"Location": f"{ga4_alone.url}/elsewhere"}, b"")
    with pytest.raises(AccountMisconfigured, match="HTTP 302"):
        ga4_alone.client().property()
    assert len(ga4_alone.asked) == 1
