"""Google's tokens: had once, renewed once, and every answer of the token endpoint says what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loaders.common.accounts import Account
from loaders.common.errors import AccountMisconfigured, LoaderError, NoNetwork, VendorTrouble, WrongToken
from loaders.common.google_auth import Tokens
from loaders.common.google_token_refusals import NoToken, TokensFail
from tests.loaders.scripted import Answer, Asked, serving
from tests.loaders.scripted_google import EMAIL, USER, Configured, Google, private_pem, service_account

SCOPE = "https://www.googleapis.com/auth/analytics.readonly"


class Endpoint(Google):
    """A token endpoint without an API."""

    scope = SCOPE

    def __init__(self) -> None:
        super().__init__()
        self.configured: Configured

    def api(self, asked: Asked) -> Answer:
        return self.say({})

    def tokens(self, **options: Any) -> Tokens:
        return Tokens.of(Account("ga4", "harbour", options), scope=SCOPE)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Endpoint]:
    found = Endpoint()
    with serving(found) as url:
        found.url = url
        found.configured = Configured(monkeypatch, tmp_path, "ga4", url)
        yield found


def test_a_service_account_signs_for_one_token_and_keeps_it(endpoint: Endpoint) -> None:
    endpoint.configured.as_service_account()
    tokens = endpoint.tokens()
    assert endpoint.grants == []
    assert tokens.current() == tokens.current() == "ya29.0"
    assert [one["grant_type"] for one in endpoint.grants] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assert EMAIL in tokens.who


def test_a_key_may_be_a_file(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text(json.dumps(service_account(f"{endpoint.url}/token"), indent=2))
    endpoint.configured.secret("credentials", str(tmp_path / "key.json"))
    assert endpoint.tokens().current() == "ya29.0"


def test_a_refresh_token_gives_tokens_and_asks_for_no_scope(endpoint: Endpoint) -> None:
    endpoint.configured.as_user()
    assert endpoint.tokens(token_url=f"{endpoint.url}/token").current() == "ya29.0"
    assert endpoint.grants == [{"grant_type": "refresh_token", **USER}]


def test_a_users_own_file_does_as_well(endpoint: Endpoint) -> None:
    endpoint.configured.secret("credentials", json.dumps({"type": "authorized_user", **USER}))
    assert endpoint.tokens(token_url=f"{endpoint.url}/token").current() == "ya29.0"


def test_a_refused_token_is_renewed_once_for_all_who_had_it(endpoint: Endpoint) -> None:
    endpoint.configured.as_service_account()
    tokens = endpoint.tokens()
    first = tokens.current()
    tokens.refused(first)
    tokens.refused(first)
    assert (tokens.current(), len(endpoint.grants)) == ("ya29.1", 2)


TOO_OLD = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."


@pytest.mark.parametrize(
    ("body", "error", "says", "remedy"),
    [
        (("invalid_grant", "Invalid JWT Signature."), WrongToken, "no longer. one of", "new JSON key"),
        (
            ("invalid_grant", "Invalid grant: account not found"),
            WrongToken,
            "does not exist",
            "Make a service",
        ),
        (("invalid_grant", TOO_OLD), WrongToken, "clock is wrong", "Set this machine's clock"),
        (("invalid_grant", "Invalid JWT: Failed audience check."), WrongToken, "endpoint", "token_url"),
        (("invalid_grant", "Token has been expired or revoked."), WrongToken, "_REFRESH_TOKEN", "Testing"),
        (("invalid_grant", "Bad Request"), WrongToken, "does not accept", "GA4_HARBOUR_CREDENTIALS"),
        (("invalid_client", "Unauthorized"), WrongToken, "OAuth client", "GA4_HARBOUR_CLIENT_ID"),
        (("unauthorized_client", "Unauthorized"), WrongToken, "another OAuth", "GA4_HARBOUR_CLIENT_ID"),
        (("deleted_client", "The OAuth client was deleted."), WrongToken, "was deleted", "new one"),
        (("invalid_scope", "Invalid OAuth scope."), WrongToken, "may not be used", "consent"),
        (("unsupported_grant_type", "Invalid grant_type: x"), NoToken, "refuses the request", "report"),
        (("invalid_request", "Bad Request"), NoToken, "refuses the request", "token_url"),
    ],
)
def test_each_refusal_says_its_cause_and_what_to_do(
    endpoint: Endpoint, body: tuple[str, str], error: type[LoaderError], says: str, remedy: str
) -> None:
    endpoint.configured.as_service_account()
    status = 401 if "client" in body[0] else 400
    endpoint.instead_of_token = endpoint.say({"error": body[0], "error_description": body[1]}, status)
    with pytest.raises(error, match=says) as caught:
        endpoint.tokens().current()
    assert body[1] in str(caught.value)
    assert remedy in caught.value.remedy
    assert caught.value.stops_account


def test_a_success_without_an_access_token_is_none(endpoint: Endpoint) -> None:
    endpoint.configured.as_service_account()
    endpoint.instead_of_token = endpoint.say({"id_token": "eyJhbGciOi.secret.x"})
    with pytest.raises(
        NoToken, match="an id_token and no access token: it does not know the scope"
    ) as caught:
        endpoint.tokens().current()
    assert "eyJhbGciOi" not in str(caught.value)


def test_a_user_who_has_to_sign_in_again(endpoint: Endpoint) -> None:
    endpoint.configured.as_user()
    said = {"error": "invalid_grant", "error_description": "reauth", "error_subtype": "rapt_required"}
    endpoint.instead_of_token = endpoint.say(said, 400)
    with pytest.raises(WrongToken, match="signing in again") as caught:
        endpoint.tokens(token_url=f"{endpoint.url}/token").current()
    assert "GA4_HARBOUR_REFRESH_TOKEN" in caught.value.remedy


@pytest.mark.parametrize("answer", [b"<html>Sign in to the hotel's network</html>", b'["a"]', b'"a"', b"7"])
@pytest.mark.parametrize("status", [200, 404])
def test_what_is_no_token_endpoint_is_told(endpoint: Endpoint, status: int, answer: bytes) -> None:
    endpoint.configured.as_service_account()
    endpoint.instead_of_token = status, {"Content-Type": "text/html"}, answer
    with pytest.raises(NoToken, match="does not answer as Google's does") as caught:
        endpoint.tokens().current()
    assert "token_url" in caught.value.remedy


@pytest.mark.parametrize("kind", ["service_account", "user"])
@pytest.mark.parametrize("status", [429, 500, 502, 503])
@pytest.mark.parametrize("answer", [b"<html>Server Error</html>", b'["a"]', b'{"error": "internal_failure"}'])
def test_an_endpoint_that_fails_is_told_as_such_and_may_be_tried_again(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, status: int, answer: bytes, kind: str
) -> None:
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    getattr(endpoint.configured, f"as_{kind}")()
    endpoint.instead_of_token = status, {"Content-Type": "text/html"}, answer
    tokens = endpoint.tokens(token_url=f"{endpoint.url}/token")
    with pytest.raises(TokensFail, match=f"keeps failing .HTTP {status}") as caught:
        tokens.current()
    assert isinstance(caught.value, VendorTrouble) and caught.value.stops_account
    assert "load again later" in caught.value.remedy and "token_url" not in str(caught.value)
    endpoint.instead_of_token = None
    assert tokens.current() == "ya29.0"


def test_nobody_there(endpoint: Endpoint) -> None:
    endpoint.configured.as_user()
    with pytest.raises(NoNetwork, match="token endpoint cannot be reached"):
        endpoint.tokens(token_url="http://127.0.0.1:9/token").current()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "neither GA4_HARBOUR_CREDENTIALS nor GA4_HARBOUR_REFRESH_TOKEN is set"),
        ("nowhere.json", "neither JSON nor a file"),
        ('{"type": "serv', "no JSON key of Google"),
        ('{"type": "impersonated"}', "no JSON key of Google"),
        ('{"installed": {"client_id": "x"}}', "an OAuth client's own file"),
        ('{"type": "service_account", "client_email": "a@b"}', "has no private_key, token_uri"),
    ],
)
def test_credentials_that_are_none_are_told_before_anybody_is_asked(
    endpoint: Endpoint, text: str, says: str
) -> None:
    endpoint.configured.secret("credentials", text)
    with pytest.raises(AccountMisconfigured, match=says) as caught:
        endpoint.tokens()
    assert "GA4_HARBOUR_CREDENTIALS" in str(caught.value)


def test_half_a_consent_names_what_is_missing(endpoint: Endpoint) -> None:
    endpoint.configured.secret("refresh_token", "1//x")
    with pytest.raises(AccountMisconfigured, match="GA4_HARBOUR_CLIENT_ID is empty"):
        endpoint.tokens()


def test_nothing_secret_is_said_or_logged(endpoint: Endpoint, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint.configured.as_service_account(private_key="-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END")
    with pytest.raises(AccountMisconfigured, match="private key in GA4_HARBOUR_CREDENTIALS") as unreadable:
        endpoint.tokens()
    endpoint.configured.secret("credentials", "")
    endpoint.configured.as_user()
    endpoint.instead_of_token = endpoint.say(
        {"error": "invalid_grant", "error_description": f"{USER['refresh_token']} is bad"}, 400
    )
    with pytest.raises(WrongToken, match=r"\*\*\* is bad") as refused:
        endpoint.tokens(token_url=f"{endpoint.url}/token").current()
    told = str(unreadable.value) + str(refused.value) + caplog.text
    assert not [secret for secret in (*USER.values(), "MIIsecret", private_pem()) if secret in told]
