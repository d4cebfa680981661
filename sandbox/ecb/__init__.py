"""A local stand-in for the European Central Bank's files of reference rates, by the sandbox's clock.

The bank publishes on working days of TARGET at 16:00 in Frankfurt; before that the last file stands. Its
files are static: they say when they changed, and answer 304 to whoever knows them already.
"""

import threading
from collections.abc import Callable
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.ecb import files
from sandbox.ecb.calendar import last_fixing, published_at
from sandbox.ecb.rates import Fixing, Fixings
from sandbox.state import Sandbox, Vendor
from sandbox.wire import faulty

__all__ = ["Ecb"]

FOLDER = "/ecb/stats/eurofxref"
XML, ZIP = "text/xml", "application/zip"
MAKERS: dict[str, tuple[str, Callable[[list[Fixing]], bytes]]] = {
    "eurofxref-hist.zip": (ZIP, lambda all_: files.zipped("eurofxref-hist.csv", files.history_csv(all_))),
    "eurofxref-hist.xml": (XML, lambda all_: files.history_xml(all_).encode()),
    "eurofxref-hist-90d.xml": (XML, lambda all_: files.history_xml(files.of_ninety_days(all_)).encode()),
    "eurofxref-daily.xml": (XML, lambda all_: files.daily_xml(all_[-1]).encode()),
    "eurofxref.zip": (ZIP, lambda all_: files.zipped("eurofxref.csv", files.daily_csv(all_[-1]))),
}


class Ecb(Vendor):
    """The bank; it has no stores and no keys."""

    name = "ecb"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        self.sandbox = sandbox
        self._fixings = Fixings(sandbox.seed)
        self._made: dict[str, tuple[date, bytes]] = {}
        self._lock = threading.Lock()

    def routes(self) -> list[Any]:
        """The bank's files."""
        return [Route(f"{FOLDER}/{{file}}", self._serve)]

    async def _serve(self, request: Request) -> Response:
        file = request.path_params["file"]

        def take(kind: str) -> dict[str, Any] | None:
            return self.sandbox.faults.take(kind, self.name, store="", route=file)

        return await faulty(take, lambda: self._answer(request, file))

    def _answer(self, request: Request, file: str) -> Response:
        if file not in MAKERS:
            return Response("<html><body><h1>Page not found</h1></body></html>", 404, media_type="text/html")
        with self.sandbox.gate.reading():
            day = last_fixing(self.sandbox.now())
        changed = published_at(day)
        headers = {"Last-Modified": format_datetime(changed, usegmt=True), "Accept-Ranges": "none"}
        if _is_known(request.headers.get("If-Modified-Since"), changed):
            return Response(None, 304, headers)
        media_type, _ = MAKERS[file]
        return Response(self._content(file, day), 200, headers, media_type)

    def _content(self, file: str, day: date) -> bytes:
        with self._lock:
            made = self._made.get(file)
            if made is None or made[0] != day:
                made = self._made[file] = (day, MAKERS[file][1](self._fixings.until(day)))
            return made[1]


def _is_known(since: str | None, changed: datetime) -> bool:
    """Whether the caller has the file; a date that is none counts for nothing."""
    try:
        return since is not None and parsedate_to_datetime(since) >= changed
    except (TypeError, ValueError):
        return False


STAND_IN = Ecb
