"""Answers on the wire, and what can break there whoever the vendor is."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Take = Callable[[str], dict[str, Any] | None]
Refusal = Callable[[dict[str, Any]], Response]
PAGE = """<!DOCTYPE html>
<html><head><title>{status}</title></head>
<body><h1>Something went wrong</h1><p>We are having trouble loading this page. ({status})</p></body></html>
"""


class Json(Response):
    """A JSON answer."""

    media_type = "application/json"

    def __init__(self, content: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(orjson.dumps(content), status, headers)


async def sent_object(request: Request) -> dict[str, Any]:
    """The JSON object that a control was sent; nothing and anything else are an empty one."""
    body = await request.body()
    sent = orjson.loads(body) if body else {}
    return sent if isinstance(sent, dict) else {}


def refused(message: str) -> Response:
    """A control was asked for something that is not there to be had."""
    return Json({"error": message}, 422)


class Dated:
    """Answers carry the sandbox's time: a vendor's clock and its documents agree, so must they here.

    The web server's own header has to be off.
    """

    def __init__(self, app: ASGIApp, now: Callable[[], datetime]) -> None:
        self.app = app
        self.now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the header on whatever the application answers."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self.now(), usegmt=True).encode()
                message = {**message, "headers": [*message["headers"], (b"date", date)]}
            await send(message)

        await self.app(scope, receive, dated)


class Dropped(Response):
    """Sends a share of another answer's body under its full length, then hangs up."""

    def __init__(self, whole: Response, share: float) -> None:
        super().__init__()
        self.whole = whole
        self.share = share

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the first part through; the web server hangs up on an answer that was never completed."""
        left = 0

        async def some(message: Any) -> None:
            nonlocal left
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                left = int(int(headers.get(b"content-length", b"0")) * self.share)
                await send(message)
            elif message["type"] == "http.response.body" and left > 0:
                body = message.get("body", b"")[:left]
                left -= len(body)
                await send({"type": "http.response.body", "body": body, "more_body": True})

        await self.whole({**scope, "extensions": {}}, receive, some)


class Truncated(Response):
    """A complete answer whose body lacks its end."""

    def __init__(self, whole: Response, share: float) -> None:
        super().__init__()
        self.whole = whole
        self.share = share

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect the whole body, then send its first part as if it were all."""
        start: Any = {}
        parts: list[bytes] = []

        async def collect(message: Any) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.whole({**scope, "extensions": {}}, receive, collect)
        body = b"".join(parts)
        body = body[: int(len(body) * self.share)]
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def _busy(fault: dict[str, Any]) -> Response:
    return Json({"errors": "Too Many Requests"}, 429, {"Retry-After": str(fault["retry_after"])})


def _error(fault: dict[str, Any]) -> Response:
    return Json({"errors": fault["message"]}, fault["status"])


def _page(fault: dict[str, Any]) -> Response:
    html = "text/html; charset=utf-8"
    return Response(PAGE.format(status=fault["status"]), fault["status"], media_type=html)


REFUSALS: Mapping[str, Refusal] = {"too_many_requests": _busy, "server_error": _error, "html_error": _page}


async def faulty(
    take: Take, answer: Callable[[], Response], *, refusals: Mapping[str, Refusal] = REFUSALS
) -> Response:
    """`answer`, made off the event loop, unless a switched-on fault gets in its way.

    `refusals` are the faults that are an answer of their own, in the vendor's words.
    """
    late = take("latency")
    if late:
        await asyncio.sleep(late["seconds"])
    for kind, refuse in refusals.items():
        fault = take(kind)
        if fault:
            return refuse(fault)
    dropped, truncated = take("dropped_connection"), take("truncated_json")
    whole = await run_in_threadpool(answer)
    if dropped:
        return Dropped(whole, dropped["share"])
    if truncated:
        return Truncated(whole, truncated["share"])
    return whole
