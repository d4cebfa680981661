"""Who gets in, by which way, and what the others are told."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256
from requests_oauthlib import OAuth1

from tests.sandbox.woo import Woo

ORDERS = "/wc/v3/orders"
ANONYMOUS = (401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
ERROR = "woocommerce_rest_authentication_error"


def refused(answer: requests.Response) -> tuple[int, str, str]:
    """Status, code and message of a refusal, whose body has exactly the documented keys."""
    body = answer.json()
    assert set(body) == {"code", "message", "data"}
    assert body["data"]["status"] == answer.status_code
    return answer.status_code, body["code"], body["message"]


def plain(linden: Woo, path: str = ORDERS, **options: Any) -> requests.Response:
    """A request that is not signed."""
    return requests.get(f"{linden.base}/wp-json{path}", timeout=10, **options)


def test_plain_http_takes_signatures_alone(linden: Woo) -> None:
    assert linden.get(ORDERS).status_code == 200
    keys = {"consumer_key": linden.key, "consumer_secret": linden.secret}
    assert refused(plain(linden)) == ANONYMOUS
    assert refused(plain(linden, auth=(linden.key, linden.secret))) == ANONYMOUS
    assert refused(plain(linden, params=keys)) == ANONYMOUS
    assert refused(plain(linden, f"{ORDERS}/1"))[2] == "Sorry, you cannot view this resource."


def test_https_takes_the_query_first_then_basic(linden: Woo) -> None:
    linden.install(https=True)
    keys = {"consumer_key": linden.key, "consumer_secret": linden.secret}
    assert plain(linden, auth=(linden.key, linden.secret)).status_code == 200
    assert plain(linden, params=keys).status_code == 200
    assert plain(linden, params=keys, auth=(linden.key, "cs_wrong")).status_code == 200
    wrong = {**keys, "consumer_secret": "cs_wrong"}
    assert plain(linden, params=wrong, auth=(linden.key, linden.secret)).status_code == 401
    assert linden.get(ORDERS).status_code == 200  # signed all the same


def test_https_refusals(linden: Woo) -> None:
    linden.install(https=True)
    answer = plain(linden, auth=(linden.key, "cs_wrong"))
    assert refused(answer) == (401, ERROR, "Consumer secret is invalid.")
    assert answer.headers["WWW-Authenticate"].startswith('Basic realm="WooCommerce API. Use a consumer key')
    assert refused(plain(linden, auth=("ck_unknown", linden.secret))) == ANONYMOUS
    assert refused(plain(linden, headers={"Authorization": "Basic ???"})) == ANONYMOUS


def test_a_host_that_strips_the_header(linden: Woo) -> None:
    linden.install(https=True, strips_authorization=True)
    assert refused(plain(linden, auth=(linden.key, linden.secret))) == ANONYMOUS
    keys = {"consumer_key": linden.key, "consumer_secret": linden.secret}
    assert plain(linden, params=keys).status_code == 200


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"secret": "cs_wrong"}, "Invalid signature - provided signature does not match."),
        ({"signature_method": "PLAINTEXT"}, "Invalid signature - signature method is invalid."),
    ],
)
def test_signatures_that_are_refused(linden: Woo, options: dict[str, Any], told: str) -> None:
    answer = plain(linden, auth=linden.signature(**options))
    assert refused(answer) == (401, ERROR, told)


@pytest.mark.parametrize("minutes", [-16, 16])
def test_signatures_of_another_hour_are_refused(linden: Woo, minutes: int) -> None:
    stamp = str(int(time.time()) + minutes * 60)
    answer = plain(linden, auth=linden.signature(timestamp=stamp))
    assert refused(answer) == (401, ERROR, "Invalid timestamp.")


def test_signatures_of_another_kind(linden: Woo) -> None:
    longer = linden.signature(signature_method=SIGNATURE_HMAC_SHA256)
    assert plain(linden, params={"status": "processing,completed", "search": "Käse & Co"}, auth=longer).ok
    header = OAuth1(linden.key, client_secret=linden.secret)
    assert plain(linden, params={"per_page": 2}, auth=header).ok
    linden_key, linden.key = linden.key, "ck_unknown"
    assert refused(linden.get(ORDERS)) == (401, ERROR, "Consumer key is invalid.")
    linden.key = linden_key
    answer = plain(linden, params={"oauth_consumer_key": linden.key, "oauth_nonce": "n"})
    status, code, message = refused(answer)
    assert (status, code) == (401, "woocommerce_rest_authentication_missing_parameter")
    assert message == "Missing OAuth parameters oauth_timestamp, oauth_signature, oauth_signature_method"


def test_a_request_cannot_be_repeated(linden: Woo) -> None:
    signed = requests.Request("GET", f"{linden.base}/wp-json{ORDERS}", auth=linden.signature()).prepare()
    with requests.Session() as session:
        assert session.send(signed, timeout=10).status_code == 200
        again = session.send(signed, timeout=10)
    assert refused(again) == (401, ERROR, "Invalid nonce - nonce has already been used.")


def test_arrays_are_signed_with_their_keys(linden: Woo) -> None:
    """PHP knows `status[]` as `status[0]`, and so does the signature; other libraries do not."""
    assert linden.get(ORDERS, **{"status[]": "completed"}).status_code == 401
    assert linden.get(ORDERS, **{"status[0]": "completed"}).status_code == 200


def test_what_a_key_is_worth(linden: Woo) -> None:
    linden.install(permissions="write")
    assert refused(linden.get(ORDERS)) == (
        401,
        ERROR,
        "The API key provided does not have read permissions.",
    )
    linden.install(permissions="read")
    written = linden.get(ORDERS, method="POST")
    assert refused(written) == (401, ERROR, "The API key provided does not have write permissions.")
    linden.install(permissions="read_write")
    assert linden.get(ORDERS, method="POST").status_code == 403
    assert linden.get(ORDERS).status_code == 200


def test_a_user_without_the_capability(linden: Woo) -> None:
    linden.install(capability=False)
    assert refused(linden.get(ORDERS)) == (403, *ANONYMOUS[1:])
    assert linden.get("/wc/v3/settings/general").status_code == 200
    linden.install(capability=True, can_manage=False, can_view_reports=False)
    for path in ("/wc/v3/settings/tax", "/wc/v3/system_status", "/wc/v3/taxes"):
        assert refused(linden.get(path))[:2] == (403, "woocommerce_rest_cannot_view")
    for path in ("/wc/v3/reports/sales", "/wc-analytics/reports/revenue/stats"):
        assert refused(linden.get(path))[:2] == (403, "woocommerce_rest_cannot_view")
    assert linden.get(ORDERS).status_code == 200


def test_a_key_that_was_deleted(linden: Woo) -> None:
    linden.fault("revoked_token", times=1)
    assert refused(linden.get(ORDERS)) == (401, ERROR, "Consumer key is invalid.")
    linden.install(https=True)
    linden.fault("revoked_token", times=1)
    assert refused(plain(linden, auth=(linden.key, linden.secret))) == ANONYMOUS


def test_keys_are_the_same_in_every_sandbox(linden: Woo) -> None:
    assert linden.key.startswith("ck_") and linden.secret.startswith("cs_")
    assert len(linden.key) == len(linden.secret) == 43
    assert set(linden.key[3:]) <= set("0123456789abcdef")
    token = requests.get(f"{linden.here.url}/control/secrets/harbour", timeout=10).json()
    assert token == {"token": "sandbox-harbour-token"}
    assert requests.get(f"{linden.here.url}/control/secrets/nowhere", timeout=10).status_code == 404
