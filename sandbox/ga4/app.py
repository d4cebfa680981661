"""The HTTP face of the Data API below `/ga4`: routes, who asks, quotas, and then the report."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.ga4 import quota as quotas
from sandbox.ga4.errors import disabled, empty_batch, no_permission, other_property, too_many_reports
from sandbox.ga4.metadata import compatibility, metadata
from sandbox.ga4.property import Property
from sandbox.ga4.schema import SCHEMA
from sandbox.google.bearer import bearer
from sandbox.google.errors import RpcError, credentials_invalid, not_found, written
from sandbox.google.faults import REFUSALS, server_error
from sandbox.google.people import READ_ANALYTICS, Grant, People
from sandbox.wire import faulty

log = logging.getLogger(__name__)

SERVICE = "analyticsdata.googleapis.com"
METHOD = "google.analytics.data.v1beta.BetaAnalyticsData"
SCOPES = frozenset({READ_ANALYTICS, "https://www.googleapis.com/auth/analytics"})
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
PATH = re.compile(r"v1beta/properties/(?P<id>[^/:]+)(?:(?P<verb>:\w+)|(?P<below>/metadata))")
MOST_REPORTS = 5


class Ask(NamedTuple):
    """What a route asks of a property with the body of the request."""

    method: str
    name: str  # in the service
    answer: Callable[[Property, bytes], dict[str, Any]]


class Ga4App:
    """Routes of every property; `properties` are by number."""

    def __init__(self, properties: Mapping[str, Property], people: People) -> None:
        self.properties = properties
        self.people = people

    def routes(self) -> list[Route]:
        """Everything below `/ga4`, which stands for `https://analyticsdata.googleapis.com`."""
        return [Route("/ga4/{rest:path}", self._serve, methods=METHODS)]

    async def _serve(self, request: Request) -> Response:
        found = PATH.fullmatch(request.path_params["rest"])
        verb = (found["verb"] or found["below"])[1:] if found else ""
        ask = VERBS.get(verb)
        if found is None or ask is None or ask.method != request.method:
            return not_found(request.url.path)
        body = await request.body()
        pretty = request.query_params.get("prettyPrint") != "false"
        number = found["id"]
        one = self.properties.get(number)

        def take(kind: str) -> dict[str, Any] | None:
            return one.fault(kind, route=verb, text=body.decode("utf-8", "replace")) if one else None

        def answer() -> Response:
            try:
                grant = self._who(request, ask, take)
                shown = self._answer(grant, ask, body=body, number=number, take=take)
                return written(shown, pretty=pretty)
            except RpcError as refused:
                return written(refused.body(), refused.code, pretty=pretty, headers=refused.headers)
            except Exception:
                log.exception("%s of property %s", verb, number)
                broken = server_error({"status": 500})
                return written(broken.body(), broken.code, pretty=pretty)

        return await faulty(take, answer, refusals={"html_error": REFUSALS["html_error"]})

    def _who(self, request: Request, ask: Ask, take: Callable[[str], Any]) -> Grant:
        grant = bearer(self.people, request, scopes=SCOPES, service=SERVICE, method=f"{METHOD}.{ask.name}")
        if take("expired_token") or take("revoked_token"):
            raise credentials_invalid()
        return grant

    def _answer(
        self, grant: Grant, ask: Ask, *, body: bytes, number: str, take: Callable[[str], Any]
    ) -> dict[str, Any]:
        """The order is: form of the body, permission, quota, and then the request itself."""
        if ask.name in MESSAGES:
            SCHEMA.read(body, MESSAGES[ask.name])
        if number == "0" and ask.name == "GetMetadata":
            return metadata(number)
        one = self.properties.get(number)
        if one is not None and not one.settings.api_enabled:
            raise disabled()
        if one is None or not _may(grant, one):
            raise no_permission(number)
        _break(one, take)
        with one.sandbox.gate.reading(), one.quota.asking():
            return ask.answer(one, body)


def _may(grant: Grant, one: Property) -> bool:
    return grant.caller.account == one.store.name and one.settings.can_read


def _break(one: Property, take: Callable[[str], Any]) -> None:
    """Let switched-on faults have their way with the quota or the server."""
    used_up = take("quota_exhausted")
    if used_up and used_up["bucket"] in quotas.BUCKETS:
        one.quota.use_up(used_up["bucket"])
    elif used_up:
        raise quotas.exhausted(quotas.CLIENT_ERRORS)
    if take("throttled"):
        raise quotas.exhausted(quotas.BUCKETS["concurrentRequests"].refusal)
    broken = take("server_error")
    if broken:
        one.quota.note_server_error()
        raise server_error(broken)


def _run(one: Property, body: bytes) -> dict[str, Any]:
    message = SCHEMA.read(body, "RunReportRequest")
    return one.report(message)


def _batch(one: Property, body: bytes) -> dict[str, Any]:
    requests = SCHEMA.read(body, "BatchRunReportsRequest").get("requests", [])
    if not requests:
        raise empty_batch()
    if len(requests) > MOST_REPORTS:
        raise too_many_reports(len(requests), MOST_REPORTS)
    for each in requests:
        if each.get("property", "") not in ("", f"properties/{one.number}"):
            raise other_property(each["property"], one.number)
    reports = [one.report(each) for each in requests]
    return {"reports": reports, "kind": "analyticsData#batchRunReports"}


def _compatible(_: Property, body: bytes) -> dict[str, Any]:
    return compatibility(SCHEMA.read(body, "CheckCompatibilityRequest"))


VERBS = {
    "runReport": Ask("POST", "RunReport", _run),
    "batchRunReports": Ask("POST", "BatchRunReports", _batch),
    "checkCompatibility": Ask("POST", "CheckCompatibility", _compatible),
    "metadata": Ask("GET", "GetMetadata", lambda one, _: metadata(one.number)),
}
MESSAGES = {
    "RunReport": "RunReportRequest",
    "BatchRunReports": "BatchRunReportsRequest",
    "CheckCompatibility": "CheckCompatibilityRequest",
}
