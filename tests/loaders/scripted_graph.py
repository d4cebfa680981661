"""Meta's API in a few lines: a test writes an ad account's figures and can replace its every answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

from tests.loaders.scripted import Answer, Asked, Json, Vendor

NODE = "act_77"
TOKEN = f"EAAB{'q7' * 20}"
Figures = Callable[[date], list[Json]]


def row(day: date, ad: str, **fields: Any) -> Json:
    """One ad's day as Meta writes it."""
    told = {"ad_id": ad, "date_start": str(day), "date_stop": str(day), "spend": "1.50", "impressions": "10"}
    return {**told, **fields}


def error(code: int, subcode: int | None = None, *, status: int = 400, **more: Any) -> Answer:
    """A refusal; `headers` go with it."""
    headers = {"Content-Type": "application/json", **more.pop("headers", {})}
    told = {"message": f"(#{code}) refused", "type": "OAuthException", "code": code, **more}
    if subcode:
        told["error_subcode"] = subcode
    return status, headers, json.dumps({"error": told}).encode()


class Graph(Vendor):
    """`between` is called before each answer, with the request; `asked` are all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.figures: Figures = lambda day: [row(day, "2"), row(day, "1")]
        self.edges: dict[str, list[Json]] = {"campaigns": [], "adsets": [], "ads": []}
        self.between: Callable[[Asked], Answer | None] = lambda _: None
        self.headers: dict[str, str] = {}
        self.asked: list[Asked] = []
        # What each poll of a report says, the last one for ever.
        self.polls: list[tuple[str, int]] = [("Job Running", 100), ("Job Completed", 100)]
        self.runs: dict[str, tuple[Json, list[tuple[str, int]]]] = {}
        self.account: Json = {"currency": "GBP", "timezone_name": "Europe/London", "name": "Harbour"}
        self.lock = threading.RLock()

    def reply(self, asked: Asked) -> Answer:
        form = {key: values[-1] for key, values in parse_qs(asked.body.decode()).items()}
        asked = replace(asked, query={**asked.query, **form})
        with self.lock:
            self.asked.append(asked)
            return self.between(asked) or self._answer(asked)

    def say(self, body: Any, status: int = 200) -> Answer:
        headers = {"Date": format_datetime(self.now, usegmt=True), "Content-Type": "application/json"}
        return status, {**headers, **self.headers}, json.dumps(body).encode()

    def spans(self) -> list[tuple[str, str]]:
        """The windows that were asked for directly or as reports, page by page."""
        asked = [json.loads(one.query["time_range"]) for one in self.asked if "time_range" in one.query]
        return [(one["since"], one["until"]) for one in asked]

    def _answer(self, asked: Asked) -> Answer:
        version, node, *edge = asked.path.strip("/").split("/")[1:]
        assert version == "v26.0"
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return error(190, status=401, message="Invalid OAuth access token - Cannot parse access token")
        if node in self.runs:
            return self._run(node, edge, asked)
        if node != NODE:
            return error(100, 33, message=f"Unsupported get request. Object with ID '{node}' does not exist")
        if not edge:
            return self.say({"id": NODE, "account_id": NODE[4:], **self.account})
        if asked.method == "POST":
            run = str(6000 + len(self.runs))
            self.runs[run] = (asked.query, list(self.polls))
            return self.say({"report_run_id": run})
        return self._page(self._rows(asked.query) if edge == ["insights"] else self.edges[edge[0]], asked)

    def _run(self, run: str, edge: list[str], asked: Asked) -> Answer:
        params, polls = self.runs[run]
        if edge:
            return self._page(self._rows(params), asked)
        status, percent = polls.pop(0) if len(polls) > 1 else polls[0]
        return self.say({"id": run, "async_status": status, "async_percent_completion": percent})

    def _rows(self, query: Json) -> list[Json]:
        span = json.loads(query["time_range"])
        first, last = (date.fromisoformat(span[end]) for end in ("since", "until"))
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [one for day in days for one in self.figures(day)]

    def _page(self, rows: list[Json], asked: Asked) -> Answer:
        start, size = int(asked.query.get("after") or 0), int(asked.query.get("limit") or 25)
        end = start + size
        paging: Json = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(rows):
            paging["next"] = f"https://graph.facebook.com{asked.path}?access_token={TOKEN}&after={end}"
        return self.say({"data": rows[start:end], "paging": paging})
