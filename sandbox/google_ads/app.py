"""The HTTP face of Google Ads below `/google_ads`: versions, who asks, and then the query."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.google.bearer import bearer, presented
from sandbox.google.errors import JSON, RpcError, credentials_invalid, not_found, written
from sandbox.google.faults import REFUSALS
from sandbox.google.people import ADWORDS, Grant, People
from sandbox.google_ads import search
from sandbox.google_ads.access import Door, count_operation
from sandbox.google_ads.customer import Customer
from sandbox.google_ads.errors import AdsFailure, broken, unsupported_version
from sandbox.google_ads.pages import Pages
from sandbox.google_ads.schema import schema
from sandbox.state import Sandbox
from sandbox.wire import faulty

log = logging.getLogger(__name__)

SERVICE = "googleads.googleapis.com"
LIVE, SUNSET = ("v23", "v24", "v25", "v26"), ("v20", "v21", "v22")
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
SEARCH = re.compile(r"(?P<version>v\d+)/customers/(?P<id>[^/:]+)/googleAds:(?P<verb>search|searchStream)")
LIST = re.compile(r"(?P<version>v\d+)/customers:(?P<verb>listAccessibleCustomers)")
MESSAGES = {"search": "SearchGoogleAdsRequest", "searchStream": "SearchGoogleAdsStreamRequest"}
Take = Callable[[str], dict[str, Any] | None]


class GoogleAdsApp:
    """Routes of every customer; `customers` are by id."""

    def __init__(
        self, sandbox: Sandbox, customers: Mapping[str, Customer], door: Door, people: People
    ) -> None:
        self.sandbox = sandbox
        self.customers = customers
        self.by_name = {one.name: one for one in customers.values()}
        self.door = door
        self.people = people
        self.pages = Pages()

    def routes(self) -> list[Route]:
        """Everything below `/google_ads`, which stands for `https://googleads.googleapis.com`."""
        return [Route("/google_ads/{rest:path}", self._serve, methods=METHODS)]

    async def _serve(self, request: Request) -> Response:
        path = request.path_params["rest"]
        found = SEARCH.fullmatch(path) or LIST.fullmatch(path)
        wanted = "POST" if found and found["verb"] in MESSAGES else "GET"
        if found is None or request.method != wanted or found["version"] not in (*LIVE, *SUNSET):
            return not_found(request.url.path)
        body = await request.body()
        call = _Call(self, request, found, body)
        return await faulty(call.take, call.answer, refusals={"html_error": REFUSALS["html_error"]})


class _Call:
    """One request."""

    def __init__(self, app: GoogleAdsApp, request: Request, found: "re.Match[str]", body: bytes) -> None:
        self.app = app
        self.request = request
        self.version, self.verb = found["version"], found["verb"]
        self.number = found.groupdict().get("id") or ""
        self.body = body
        self.text = body.decode("utf-8", "replace")
        self.id = secrets.token_urlsafe(16)
        customer = app.customers.get(self.number)
        grant = None if customer else app.people.holder(presented(request) or "")
        self.store = customer.name if customer else grant.caller.account if grant else ""

    def take(self, kind: str) -> dict[str, Any] | None:
        """Use up a fault that is switched on for whom the request is about."""
        return self.app.sandbox.faults.take(
            kind, "google_ads", store=self.store, route=self.verb, text=self.text
        )

    def answer(self) -> Response:
        try:
            grant = self._who()
            with self.app.sandbox.gate.reading():
                return self._written(self._answer(grant))
        except AdsFailure as failure:
            return self._refused(failure.as_error(self.version, self.id))
        except RpcError as refused:
            return self._refused(refused)
        except Exception:
            log.exception("%s of customer %s", self.verb, self.number)
            return self._refused(broken(500, "").as_error(self.version, self.id))

    def _who(self) -> Grant:
        name = self.verb[0].upper() + self.verb[1:]
        service = "CustomerService" if self.verb not in MESSAGES else "GoogleAdsService"
        method = f"google.ads.googleads.{self.version}.services.{service}.{name}"
        scopes = frozenset({ADWORDS})
        grant = bearer(self.app.people, self.request, scopes=scopes, service=SERVICE, method=method)
        if self.take("expired_token") or self.take("revoked_token"):
            raise credentials_invalid()
        return grant

    def _answer(self, grant: Grant) -> Any:
        if self.version in SUNSET:
            raise unsupported_version(self.version)
        caller = self.app.by_name[grant.caller.account]
        if self.verb not in MESSAGES:
            return {"resourceNames": [f"customers/{one}" for one in self.app.door.accessible(caller)]}
        message = schema(self.version).read(self.body, MESSAGES[self.verb])
        login = self.request.headers.get("login-customer-id")
        customer = self.app.door.enter(caller, self.number, login=login, version=self.version)
        fault = self.take("server_error")
        if fault:
            raise broken(fault["status"], fault["message"])
        if not message.get("page_token"):
            count_operation(caller, self.take)
        asked = search.Asked(customer, caller, self.version, self.id, message)
        return search.search(asked, self.app.pages) if self.verb == "search" else search.stream(asked)

    def _written(self, shown: Any) -> Response:
        if self.verb != "searchStream":
            return written(shown, pretty=self._pretty, headers=self._headers)
        parts = [bytes(written(one, pretty=self._pretty).body).rstrip() for one in shown]
        text = b"[" + b"\n,\n".join(parts) + b"]\n"
        return Response(text, 200, {**self._headers, "Content-Type": JSON})

    def _refused(self, error: RpcError) -> Response:
        shown: Any = error.body()
        if self.verb == "searchStream":
            shown = [shown]
        headers = {**error.headers, **self._headers}
        return written(shown, error.code, pretty=self._pretty, headers=headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"request-id": self.id}

    @property
    def _pretty(self) -> bool:
        return self.request.query_params.get("prettyPrint") != "false"
