"""The HTTP face of the graph, below `/meta_ads`."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.meta_ads import errors, usage
from sandbox.meta_ads.access import token_of
from sandbox.meta_ads.account import Account
from sandbox.meta_ads.accounts import Accounts
from sandbox.meta_ads.call import Answer, Call, Take, entry_of, split
from sandbox.meta_ads.graph import Graph
from sandbox.state import Sandbox
from sandbox.wire import REFUSALS, Json, faulty

log = logging.getLogger(__name__)

MOUNT = "/meta_ads"
METHODS = ["GET", "POST", "DELETE"]
MOST_ENTRIES = 50
PAGES = {"html_error": REFUSALS["html_error"]}
REVISION = "1031415926"


class GraphApp:
    """Every call, alone or in a batch."""

    def __init__(self, sandbox: Sandbox, accounts: Accounts) -> None:
        self.sandbox = sandbox
        self.accounts = accounts
        self.graph = Graph(sandbox, accounts.by_id)

    def routes(self) -> list[Route]:
        """Everything below the mount."""
        return [
            Route(MOUNT, self._serve, methods=METHODS),
            Route(f"{MOUNT}/{{path:path}}", self._serve, methods=METHODS),
        ]

    async def _serve(self, request: Request) -> Response:
        sent = dict(parse_qsl(request.url.query, keep_blank_values=True))
        sent.update(await _form(request))
        rest, credentials = split(sent, request.headers.get("authorization", ""))
        root = f"{str(request.base_url).rstrip('/')}{MOUNT}"
        path = request.path_params.get("path", "").strip("/")
        call = Call(request.method, root, path, rest, credentials)
        is_batch = request.method == "POST" and "batch" in rest and "/" not in path
        route = "batch" if is_batch else call.route
        owner = self._owner(call)

        def answer() -> Response:
            with self.sandbox.gate.reading():
                made = self._batch(call, owner) if is_batch else self._answer(call)
            return Json(made.body, made.status, dict(made.headers))

        return await faulty(self._take(call, owner, route), answer, refusals=PAGES)

    def _owner(self, call: Call) -> Account | None:
        """The account whose token it is; a token sees one account here."""
        token = call.credentials.token
        return next((one for one in self.accounts.all() if token_of(one.info.name) == token), None)

    def _take(self, call: Call, owner: Account | None, route: str) -> Take:
        store = owner.info.name if owner else ""

        def take(kind: str) -> dict[str, Any] | None:
            return self.sandbox.faults.take(kind, "meta_ads", store=store, route=route, text=call.text)

        return take

    def _answer(self, call: Call) -> Answer:
        owner = self._owner(call)
        take = self._take(call, owner, call.route)
        headers = _usual(call)
        try:
            if owner is not None:
                headers.update(self._allow(call, owner, take))
            _refuse(call, take)
            return Answer(200, self.graph.answer(call, owner, take), headers)
        except errors.GraphError as refused:
            return Answer(
                refused.status, refused.body(), {**headers, **refused.headers, **_challenge(refused)}
            )
        except Exception:
            log.exception("%s %s", call.method, call.path)
            failed = errors.unknown()
            return Answer(failed.status, failed.body(), headers)

    def _allow(self, call: Call, owner: Account, take: Take) -> Mapping[str, str]:
        """The usage headers of a call that is allowed."""
        kind = "ads_insights" if "insights" in call.route or call.route == "run" else "ads_management"
        tier, hourly = owner.settings.tier, owner.settings.calls_per_hour
        allowed = hourly or usage.allowance(tier, kind, owner.active_ads())
        percent, minutes = owner.usage.count(kind, self.sandbox.now(), allowed=allowed)
        shown, fault = take("near_limit"), take("throttled")
        if shown:
            percent, minutes = shown["percent"], shown["minutes"]
        if fault:
            percent, minutes = usage.FULL, fault["minutes"]
        number = owner.info.id.removeprefix("act_")
        headers = usage.headers(number, kind, tier=tier, percent=percent, minutes=minutes)
        code = 80000 if kind == "ads_insights" else 80004
        if fault:
            raise errors.throttled(fault["code"] or code, fault["subcode"], headers)
        if percent >= usage.FULL and minutes and not shown:
            raise errors.throttled(code, None, headers)
        return headers

    def _batch(self, call: Call, owner: Account | None) -> Answer:
        take = self._take(call, owner, "batch")
        try:
            entries = orjson.loads(call.sent["batch"])
        except orjson.JSONDecodeError:
            entries = None
        if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
            refused = errors.bad_parameter("batch parameter must be a JSON array")
            return Answer(refused.status, refused.body(), _usual(call))
        if len(entries) > MOST_ENTRIES:
            message = f"Too many requests in batch message. Maximum batch size is {MOST_ENTRIES}"
            return Answer(400, {"error": {"message": message, "type": "GraphBatchException"}}, _usual(call))
        answers = [_entry(self._answer(entry_of(call, each)), call) for each in entries]
        lost = take("lost_entry")
        if lost and lost["entry"] < len(answers):
            answers[lost["entry"]] = None
        return Answer(200, answers, _usual(call))


def _refuse(call: Call, take: Take) -> None:
    """Faults that are an error in the vendor's words."""
    if call.method == "GET" and call.route.endswith("insights") and take("reduce_data"):
        raise errors.too_much()
    down = take("server_error")
    if down:
        raise errors.unavailable(down["status"])
    if take("internal_error"):
        failed = errors.unknown()
        failed.status = 200
        raise failed


def _usual(call: Call) -> dict[str, str]:
    version = call.path.partition("/")[0]
    return {
        "facebook-api-version": version if version.startswith("v") else "v26.0",
        "x-fb-trace-id": uuid.uuid4().hex[:11],
        "x-fb-request-id": uuid.uuid4().hex,
        "x-fb-rev": REVISION,
        "content-type": "application/json; charset=UTF-8",
    }


def _challenge(refused: errors.GraphError) -> dict[str, str]:
    if refused.code not in (190, 104, 2500):
        return {}
    return {"WWW-Authenticate": f'OAuth "Facebook Platform" "invalid_token" "{refused.message}"'}


def _entry(one: Answer, batch: Call) -> dict[str, Any] | None:
    shown: dict[str, Any] = {"code": one.status}
    if batch.sent.get("include_headers", "true") != "false":
        shown["headers"] = [{"name": name, "value": value} for name, value in one.headers.items()]
    return {**shown, "body": orjson.dumps(one.body).decode()}


async def _form(request: Request) -> dict[str, str]:
    """A body of parameters, urlencoded or a JSON object; anything else says nothing."""
    body = await request.body()
    if not request.headers.get("content-type", "").startswith("application/json"):
        return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    given = sent.items() if isinstance(sent, dict) else ()
    return {name: one if isinstance(one, str) else orjson.dumps(one).decode() for name, one in given}
