"""Google Ads in trouble, and tokens that it refuses: both carry codes, and neither is a query's fault."""

from __future__ import annotations

import pytest

from loaders.common.errors import VendorTrouble, WrongToken
from tests.loaders.scripted_google_ads import Customer

QUERY = "SELECT campaign.id FROM campaign"
SAID = "The vendor's own words."
INTERNAL, DOWN = (500, "INTERNAL"), (503, "UNAVAILABLE")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (INTERNAL, "INTERNAL_ERROR"),
        (DOWN, "TRANSIENT_ERROR"),
        ((504, "DEADLINE_EXCEEDED"), "DEADLINE_EXCEEDED"),
        (INTERNAL, None),
    ],
)
def test_passing_trouble_is_tried_again_and_lasting_trouble_told(
    ads_alone: Customer, status: tuple[int, str], code: str | None
) -> None:
    trouble = (
        ads_alone.fail(*status, ("internalError", code), SAID) if code else ads_alone.refuse(*status, SAID)
    )
    troubles = iter([trouble, trouble])
    ads_alone.between = lambda _: next(troubles, None)
    assert ads_alone.client().rows(QUERY)[0] == []
    ads_alone.between = lambda _: trouble
    with pytest.raises(VendorTrouble, match=f"keeps failing .HTTP {status[0]}: {SAID}") as caught:
        ads_alone.client().rows(QUERY)
    assert "Google's side: load again later" in caught.value.remedy


@pytest.mark.parametrize("code", ["OAUTH_TOKEN_EXPIRED", "OAUTH_TOKEN_REVOKED", "OAUTH_TOKEN_INVALID"])
def test_a_token_that_stays_refused_is_no_query_of_ours(ads_alone: Customer, code: str) -> None:
    refused = ads_alone.fail(401, "UNAUTHENTICATED", ("authenticationError", code), SAID)
    ads_alone.between = lambda _: refused
    with pytest.raises(WrongToken, match=f"a token that was just given: {SAID}") as caught:
        ads_alone.client().rows(QUERY)
    assert caught.value.stops_account
    assert len(ads_alone.given) == 2 == len(ads_alone.asked)
