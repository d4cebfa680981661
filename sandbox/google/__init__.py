"""What Google's APIs have in common: the token endpoint, the bearer of a token, refusals, JSON of proto3."""

from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.google import token
from sandbox.google.errors import not_found, written
from sandbox.google.faults import REFUSALS
from sandbox.google.people import People
from sandbox.state import Sandbox, Vendor
from sandbox.wire import faulty

__all__ = ["Google"]

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class Google(Vendor):
    """The token endpoint; whose tokens they are is said by the stand-ins that register with `People`."""

    name = "google"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        self.sandbox = sandbox
        self.people = sandbox.share(People)

    def routes(self) -> list[Any]:
        """`/google/token` stands for `https://oauth2.googleapis.com/token`."""
        return [Route("/google/{rest:path}", self._serve, methods=METHODS)]

    async def _serve(self, request: Request) -> Response:
        if request.method != "POST" or request.path_params["rest"] != "token":
            return not_found(request.url.path)
        body = (await request.body()).decode("utf-8", "replace")
        asked = token.asked(self.people, dict(parse_qsl(body, keep_blank_values=True)))
        platform, store = (asked.caller.platform, asked.caller.account) if asked.caller else (self.name, "")
        address = str(request.url.replace(query="", fragment=""))

        def take(kind: str) -> dict[str, Any] | None:
            return self.sandbox.faults.take(kind, platform, store=store, route="token")

        def answer() -> Response:
            try:
                revoked = take("revoked_token") is not None
                return written(token.answer(self.people, asked, address=address, revoked=revoked))
            except token.Refused as refused:
                return written(refused.body(), refused.status)

        return await faulty(take, answer, refusals=REFUSALS)


STAND_IN = Google
