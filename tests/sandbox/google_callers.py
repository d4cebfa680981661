"""Clients of Google's stand-ins: tokens the way Google's own package gets them, and plain requests."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import requests
from google.auth import crypt, jwt

from sandbox.running import Running

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ANALYTICS = "https://www.googleapis.com/auth/analytics.readonly"
ADWORDS = "https://www.googleapis.com/auth/adwords"


@dataclass
class GoogleCaller:
    """Whoever may read one account of one of Google's platforms."""

    here: Running
    platform: str
    account: str
    scope: str = ANALYTICS
    _token: str = field(default="", repr=False)

    @property
    def secrets(self) -> dict[str, str]:
        address = f"{self.here.url}/control/secrets/{self.platform}/{self.account}"
        return dict(requests.get(address, timeout=30).json())

    def file(self) -> dict[str, str]:
        """The file of the service account."""
        self.configure(by_user=False)
        return dict(json.loads(self.secrets["credentials"]))

    def assertion(self, **changed: Any) -> str:
        """A signed JWT; a claim given as None is left out."""
        file, now = self.file(), int(time.time())
        claims = {
            "iss": file["client_email"],
            "scope": self.scope,
            "aud": file["token_uri"],
            "iat": now,
            "exp": now + 3600,
            **changed,
        }
        signer = crypt.RSASigner.from_service_account_info(file)  # type: ignore[no-untyped-call]
        kept = {name: value for name, value in claims.items() if value is not None}
        signed: bytes = jwt.encode(signer, kept)  # type: ignore[no-untyped-call]
        return signed.decode()

    def exchange(self, **form: str) -> requests.Response:
        """Ask the token endpoint."""
        return requests.post(f"{self.here.url}/google/token", data=form, timeout=30)

    @property
    def token(self) -> str:
        if not self._token:
            answer = self.exchange(grant_type=JWT_BEARER, assertion=self.assertion())
            self._token = answer.json()["access_token"]
        return self._token

    def configure(self, **given: Any) -> None:
        address = f"{self.here.url}/control/accounts/{self.platform}/{self.account}"
        answer = requests.post(address, json=given, timeout=30)
        assert answer.ok, answer.text

    def fault(self, kind: str, **options: Any) -> None:
        self.here.sandbox.faults.add(kind, platform=self.platform, store=self.account, **options)

    def call(self, path: str, body: Any = None, *, method: str = "POST", **headers: str) -> requests.Response:
        """A request with the caller's token; `body` is JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body)
        known = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent = {name.replace("_", "-"): value for name, value in {**known, **headers}.items() if value}
        return requests.request(method, f"{self.here.url}{path}", data=data, headers=sent, timeout=30)


class Ga4Caller(GoogleCaller):
    """Asks a property for reports."""

    property_id = "411000001"

    def ask(self, verb: str = "runReport", /, **request: Any) -> requests.Response:
        return self.call(f"/ga4/v1beta/properties/{self.property_id}:{verb}", request)

    def report(self, *, dimensions: str = "", metrics: str = "", **request: Any) -> dict[str, Any]:
        """The answer to a sound request; fields are separated by blanks, the days are the last four weeks."""
        request = {"dateRanges": [{"startDate": "28daysAgo", "endDate": "yesterday"}], **request}
        answer = self.ask(dimensions=named(dimensions), metrics=named(metrics), **request)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


class AdsCaller(GoogleCaller):
    """Asks a customer in the query language."""

    manager = "9990001111"
    customer_id = "1000000001"
    version = "v26"

    def ask(
        self, query: str, *, verb: str = "search", customer: str = "", **request: Any
    ) -> requests.Response:
        path = f"/google_ads/{self.version}/customers/{customer or self.customer_id}/googleAds:{verb}"
        headers = {"login_customer_id": self.manager} if self.manager else {}
        return self.call(path, {"query": query, **request}, **headers)

    def rows(self, query: str, **more: Any) -> list[dict[str, Any]]:
        answer = self.ask(query, **more)
        assert answer.status_code == 200, answer.text
        return list(answer.json().get("results", []))


def named(names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names.split()]


def table(report: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of a report by the names of their columns."""
    heads = [one["name"] for key in ("dimensionHeaders", "metricHeaders") for one in report.get(key, [])]
    return [
        dict(
            zip(
                heads,
                (one["value"] for key in ("dimensionValues", "metricValues") for one in row.get(key, [])),
                strict=True,
            )
        )
        for row in report.get("rows", [])
    ]


def code(answer: requests.Response) -> str:
    """The code of Google Ads' failure."""
    body = answer.json()
    body = body[0] if isinstance(body, list) else body
    found = body["error"]["details"][0]["errors"][0]["errorCode"]
    (value,) = found.values()
    return str(value)
