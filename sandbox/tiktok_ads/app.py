"""The HTTP face of the API, below `/tiktok_ads/open_api/v1.3/`. Paths end in a slash, or lead nowhere."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from sandbox.state import Sandbox
from sandbox.tiktok_ads import errors, report
from sandbox.tiktok_ads.access import APP_ID, APP_SECRET, token_of
from sandbox.tiktok_ads.advertiser import FIELDS, Advertiser, Advertisers
from sandbox.tiktok_ads.request import Parameters, decoded, read
from sandbox.wire import REFUSALS, Json, faulty

log = logging.getLogger(__name__)

MOUNT = "/tiktok_ads"
VERSION = "/open_api/v1.3/"
METHODS = ["GET", "POST", "PUT", "DELETE"]
PAGES = {"html_error": REFUSALS["html_error"]}
NOT_FOUND = "<html>\n<head><title>404 Not Found</title></head>\n<body>404 page not found</body>\n</html>\n"

Take = Callable[[str], dict[str, Any] | None]
Call = Callable[[Advertiser, Parameters], dict[str, Any]]


class TikTokApp:
    """Every call."""

    def __init__(self, sandbox: Sandbox, advertisers: Advertisers) -> None:
        self.sandbox = sandbox
        self.advertisers = advertisers
        self.calls: dict[str, Call] = {
            "report/integrated/get": _report,
            "advertiser/info": _info,
            "oauth2/advertiser/get": _mine,
        }

    def routes(self) -> list[Route]:
        """Everything below the mount."""
        return [Route(f"{MOUNT}/{{path:path}}", self._serve, methods=METHODS)]

    async def _serve(self, request: HttpRequest) -> Response:
        path = request.url.path.removeprefix(MOUNT)
        name = path.removeprefix(VERSION).removesuffix("/")
        if not (path.startswith(VERSION) and path.endswith("/") and name in self.calls):
            return Response(NOT_FOUND, 404, media_type="text/html")
        if request.method != "GET":
            return Response("405 method not allowed", 405, media_type="text/plain")
        token = request.headers.get("access-token", "")
        owner = next((one for one in self.advertisers.all() if token_of(one.info.name) == token), None)
        text = unquote_plus(request.url.query)

        def take(kind: str) -> dict[str, Any] | None:
            store = owner.info.name if owner else ""
            return self.sandbox.faults.take(kind, "tiktok_ads", store=store, route=name, text=text)

        def answer() -> Response:
            with self.sandbox.gate.reading():
                return self._answer(request, owner, name=name, take=take)

        return await faulty(take, answer, refusals=PAGES)

    def _answer(self, request: HttpRequest, owner: Advertiser | None, *, name: str, take: Take) -> Response:
        request_id = f"{self.sandbox.now():%Y%m%d%H%M%S}{uuid.uuid4().hex[:18].upper()}"
        try:
            known = self._admitted(request.headers.get("access-token"), owner, name=name, take=take)
            data = self.calls[name](known, request.query_params)
        except errors.TikTokError as refused:
            return Json(refused.body(request_id))
        except Exception:
            log.exception("%s", name)
            return Json(errors.failed().body(request_id))
        return Json({"code": 0, "message": "OK", "request_id": request_id, "data": data})

    def _admitted(self, token: str | None, owner: Advertiser | None, *, name: str, take: Take) -> Advertiser:
        if not token:
            raise errors.token(40104)
        if owner is None:
            raise errors.token(40105)
        revoked, throttled, failed = take("revoked_token"), take("throttled"), take("internal_error")
        if revoked:
            raise errors.token(revoked["code"] or 40105)
        if take("missing_scope"):
            raise errors.no_permission(owner.info.id)
        if throttled:
            if throttled["code"] in (None, 40133):
                raise errors.advertiser_throttled(owner.info.id, owner.settings.qps + 1, owner.settings.qps)
            raise errors.TikTokError(throttled["code"], errors.CROWDED)
        if failed:
            raise errors.failed()
        owner.allow(name)
        return owner


def _report(owner: Advertiser, sent: Parameters) -> dict[str, Any]:
    _own(owner, sent.get("advertiser_id"))
    return report.answer(owner, read(sent))


def _info(owner: Advertiser, sent: Parameters) -> dict[str, Any]:
    if not sent.get("advertiser_ids"):
        raise errors.missing("advertiser_ids")
    for identity in decoded(sent, "advertiser_ids", list):
        _own(owner, str(identity))
    names = [str(each) for each in decoded(sent, "fields", list)] if sent.get("fields") else list(FIELDS)
    unknown = [name for name in names if name not in FIELDS]
    if unknown:
        raise errors.wrong(f"fields: Must be one of {list(FIELDS)}")
    described = owner.described()
    return {"list": [{name: described[name] for name in dict.fromkeys(("advertiser_id", *names))}]}


def _mine(owner: Advertiser, sent: Parameters) -> dict[str, Any]:
    for name in ("app_id", "secret"):
        if not sent.get(name):
            raise errors.missing(name)
    if (sent["app_id"], sent["secret"]) != (APP_ID, APP_SECRET):
        raise errors.wrong("app_id or secret is incorrect.")
    return {"list": [{"advertiser_id": owner.info.id, "advertiser_name": owner.info.title}]}


def _own(owner: Advertiser, identity: str | None) -> None:
    if not identity:
        raise errors.missing("advertiser_id")
    if identity != owner.info.id:
        raise errors.no_permission(identity)
