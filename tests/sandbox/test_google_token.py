"""Google's token endpoint: what it takes, and the words in which it refuses."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import credentials, service_account

from tests.sandbox.google_callers import ADWORDS, ANALYTICS, JWT_BEARER, AdsCaller, Ga4Caller

SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
NOW = time.time


def refusal(answer: requests.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert set(body) == {"error", "error_description"}
    return answer.status_code, body["error"], body["error_description"]


def test_googles_own_package_gets_a_token_for_a_service_account(ga4: Ga4Caller) -> None:
    file = ga4.file()
    assert file["token_uri"] == f"{ga4.here.url}/google/token"
    made = service_account.Credentials.from_service_account_info(file, scopes=[ANALYTICS])  # type: ignore[no-untyped-call]
    made.refresh(Request())
    assert made.token.startswith("ya29.c.")
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=ga4.assertion())
    assert {key: value for key, value in answer.json().items() if key != "access_token"} == {
        "expires_in": 3599,
        "token_type": "Bearer",
    }


def test_googles_own_package_renews_a_users_token(ads: AdsCaller) -> None:
    secrets = ads.secrets
    uri = f"{ads.here.url}/google/token"
    made = credentials.Credentials(None, token_uri=uri, **secrets)  # type: ignore[no-untyped-call]
    made.refresh(Request())  # type: ignore[no-untyped-call]
    assert str(made.token).startswith("ya29.a0")
    answer = ads.exchange(grant_type="refresh_token", **secrets).json()
    assert (answer["scope"], "refresh_token" in answer) == (ADWORDS, False)


@pytest.mark.parametrize(
    ("claims", "error", "description"),
    [
        ({"iss": "nobody@example.com"}, "invalid_grant", "Invalid grant: account not found"),
        ({"iss": None}, "invalid_grant", "Invalid grant: account not found"),
        ({"iat": None}, "invalid_grant", "Invalid JWT: iat (issued at) is not set."),
        ({"exp": None}, "invalid_grant", "Invalid JWT: exp (expiration time) is not set."),
        ({"exp": int(NOW()) - 10, "iat": int(NOW()) - 60}, "invalid_grant", SHORT_LIVED),
        ({"exp": int(NOW()) + 9000}, "invalid_grant", SHORT_LIVED),
        ({"iat": int(NOW()) + 900}, "invalid_grant", SHORT_LIVED),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"aud": "https://example.com"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        # The first of several reasons is the one that is told.
        ({"iat": None, "scope": "", "aud": "x"}, "invalid_grant", "Invalid JWT: iat (issued at) is not set."),
    ],
)
def test_claims_that_are_refused(
    ga4: Ga4Caller, claims: dict[str, Any], error: str, description: str
) -> None:
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=ga4.assertion(**claims))
    assert refusal(answer) == (400, error, description)


@pytest.mark.parametrize("assertion", ["", "abc", "a.b", "a.b.c", "e30.W10.e30", "!!.e30.e30"])
def test_what_is_no_jwt(ga4: Ga4Caller, assertion: str) -> None:
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=assertion)
    assert refusal(answer) == (400, "invalid_request", "Bad Request")


def test_a_signature_has_to_be_the_keys_and_rs256(ga4: Ga4Caller) -> None:
    header, claims, signature = ga4.assertion().split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    other = base64.urlsafe_b64encode(json.dumps({"iss": "someone"}).encode()).decode().rstrip("=")
    for text in (
        f"{none}.{claims}.{signature}",
        f"{header}.{other}.{signature}",
        f"{header}.{claims}.aGVsbG8",
    ):
        answer = ga4.exchange(grant_type=JWT_BEARER, assertion=text)
        assert refusal(answer) == (400, "invalid_grant", "Invalid JWT Signature.")


def test_times_may_be_texts_of_digits(ga4: Ga4Caller) -> None:
    now = int(time.time())
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=ga4.assertion(iat=str(now), exp=str(now + 60)))
    assert "access_token" in answer.json()


def test_a_scope_that_nobody_knows_gives_a_token_that_opens_nothing(ga4: Ga4Caller) -> None:
    scope = f"{ANALYTICS} https://www.googleapis.com/auth/unheard-of"
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=ga4.assertion(scope=scope))
    assert (answer.status_code, set(answer.json())) == (200, {"id_token"})


def test_another_kind_of_grant(ga4: Ga4Caller) -> None:
    answer = ga4.exchange(grant_type="password")
    assert refusal(answer) == (400, "unsupported_grant_type", "Invalid grant_type: password")
    assert refusal(ga4.exchange()) == (400, "unsupported_grant_type", "Invalid grant_type: ")


def test_refresh_tokens_that_are_refused(ads: AdsCaller) -> None:
    secrets = {"grant_type": "refresh_token", **ads.secrets}
    dead = (400, "invalid_grant", "Token has been expired or revoked.")
    assert refusal(ads.exchange(**{**secrets, "refresh_token": "1//0x"})) == dead
    ads.fault("revoked_token", route="token")
    assert refusal(ads.exchange(**secrets)) == dead
    assert ads.exchange(**secrets).ok
    unknown = (401, "invalid_client", "The OAuth client was not found.")
    assert refusal(ads.exchange(**{**secrets, "client_id": "x"})) == unknown
    assert refusal(ads.exchange(**{**secrets, "client_secret": "x"}))[:2] == (401, "invalid_client")


def test_there_is_one_path_and_one_method(ga4: Ga4Caller) -> None:
    for answer in (
        requests.get(f"{ga4.here.url}/google/token", timeout=30),
        requests.post(f"{ga4.here.url}/google/tokens", timeout=30),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=UTF-8")
        assert "Error 404 (Not Found)!!1" in answer.text


def test_faults_at_the_token_endpoint_are_the_accounts(ga4: Ga4Caller, ads: AdsCaller) -> None:
    ga4.fault("server_error", route="token", status=503)
    assert ads.token
    answer = ga4.exchange(grant_type=JWT_BEARER, assertion=ga4.assertion())
    assert refusal(answer)[:2] == (503, "temporarily_unavailable")
    assert ga4.token
