"""The HTTP face of a site below `/woocommerce/<store>`: the mount is the folder the site is installed in."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from sandbox.wire import faulty
from sandbox.woocommerce import breakdowns, query
from sandbox.woocommerce.access import Asked, refusal_of_writing
from sandbox.woocommerce.arguments import read
from sandbox.woocommerce.errors import WpError, cannot_view, fatal, no_route
from sandbox.woocommerce.routes import table
from sandbox.woocommerce.routes.base import Answer, Call, Needs
from sandbox.woocommerce.site import Site

log = logging.getLogger(__name__)

JSON = "application/json; charset=UTF-8"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
PREFIX = "wp-json"


class WooApp:
    """Routes of every site."""

    def __init__(self, sites: dict[str, Site]) -> None:
        self.sites = sites

    def routes(self) -> list[HttpRoute]:
        """Everything below the sites' folders."""
        return [
            HttpRoute("/woocommerce/{store}", self._serve, methods=METHODS),
            HttpRoute("/woocommerce/{store}/{rest:path}", self._serve, methods=METHODS),
        ]

    async def _serve(self, request: Request) -> Response:
        site = self.sites.get(request.path_params["store"])
        if site is None:
            return breakdowns.not_found()
        sent = query.read(request.url.query)
        path = _rest_path(site, request.path_params.get("rest", ""), sent)
        if path is None:
            return breakdowns.not_found()
        if site.settings.latency_ms:
            await asyncio.sleep(site.settings.latency_ms / 1000)
        name, text = route_name(path), request.url.query

        def take(kind: str) -> dict[str, Any] | None:
            return site.fault(kind, route=name, text=text)

        def answer() -> Response:
            with site.sandbox.gate.reading():
                return _answer(site, request, path=path, sent=sent, take=take)

        return await faulty(take, answer, refusals=breakdowns.REFUSALS)


def route_name(path: str) -> str:
    """What faults call a path: its resource, such as `orders`, `orders/refunds`, `reports/revenue/stats`."""
    parts = [part for part in path.split("/") if part and not part.isdigit()]
    if parts[:1] == ["wc-analytics"]:
        return "/".join(parts[1:])
    return "/".join(parts[2:]) or "index"


def _rest_path(site: Site, rest: str, sent: query.Parameters) -> str | None:
    """The REST route that is asked for, without slash at its end; None is a page of the web server."""
    if "rest_route" in sent:
        return str(sent["rest_route"]).rstrip("/") if rest in ("", "index.php") else None
    if site.settings.permalinks == "plain":
        return None
    head, _, tail = rest.partition("/")
    return f"/{tail}".rstrip("/") if head == PREFIX else None


def _answer(
    site: Site, request: Request, *, path: str, sent: query.Parameters, take: Callable[[str], Any]
) -> Response:
    address = str(request.url.replace(query="", fragment=""))
    try:
        found = _dispatch(site, request, path=path, sent=sent, address=address, revoked=take("revoked_token"))
    except WpError as refused:
        return _written(
            site, address, orjson.dumps(refused.body()), status=refused.status, headers=refused.headers
        )
    except Exception:
        log.exception("%s of %s", path, site.name)
        died = fatal()
        return _written(site, address, orjson.dumps(died.body()), status=died.status, headers={})
    body = breakdowns.spoiled(found.body, take)
    return _written(site, address, body, status=200, headers=found.headers)


def _dispatch(
    site: Site, request: Request, *, path: str, sent: query.Parameters, address: str, revoked: Any
) -> Answer:
    """The order of things is WordPress's: who asks, which route, is it sound, may they."""
    guarded = path.startswith(("/wc/", "/wc-"))
    known = guarded and _who(site, request, sent=sent, address=address, revoked=bool(revoked))
    route, parts = table.find(path, site.settings)
    if request.method not in ("GET", "HEAD"):
        raise refusal_of_writing(known=known) if guarded else no_route()
    arguments = read(route.known(site), sent)
    if not (known and _may(site, route.needs)) and route.needs != "nothing":
        raise cannot_view(known=known, single=route.single)
    return route.answer(Call(site, sent, parts, address), arguments)


def _who(site: Site, request: Request, *, sent: query.Parameters, address: str, revoked: bool) -> bool:
    below = request.url.path.removeprefix(f"/woocommerce/{site.name}")
    called = address.partition("://")[2]
    schemes = ("https", "http") if site.settings.https else ("http",)
    addresses = (*(f"{scheme}://{called}" for scheme in schemes), f"{site.home}{below}")
    asked = Asked(request.method, request.headers, sent, addresses)
    return site.doorman.admit(asked, revoked=revoked)


def _may(site: Site, needs: Needs) -> bool:
    settings = site.settings
    return {
        "nothing": True,
        "read": settings.capability,
        "reports": settings.can_view_reports,
        "manage": settings.can_manage,
    }[needs]


def _written(site: Site, address: str, body: bytes, *, status: int, headers: dict[str, str]) -> Response:
    """Every answer names the API's root; links to other pages take that one's place."""
    if site.settings.prints_notices:
        body = breakdowns.NOTICE + body
    root = address.partition(f"/woocommerce/{site.name}")[0] + f"/woocommerce/{site.name}/{PREFIX}/"
    usual = {
        "Link": f'<{root}>; rel="https://api.w.org/"',
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Access-Control-Expose-Headers": "X-WP-Total, X-WP-TotalPages, Link",
    }
    return Response(body, status, {**usual, **headers, "Content-Type": JSON})
