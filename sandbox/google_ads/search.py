"""`search` and `searchStream`: a query, its rows, and what is said around them."""

from dataclasses import dataclass
from typing import Any

from sandbox.google.transcoding import Message
from sandbox.google_ads.check import check
from sandbox.google_ads.customer import Customer, Manager
from sandbox.google_ads.errors import request_error
from sandbox.google_ads.gaql import Query, parse
from sandbox.google_ads.pages import Pages
from sandbox.google_ads.periods import period
from sandbox.google_ads.render import Renderer, field_mask, totals
from sandbox.google_ads.run import Row, run

PAGE_ROWS = 10_000
Answer = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request for rows: who is asked, by whom, in which version."""

    customer: Customer | Manager
    caller: Customer
    version: str
    request_id: str
    message: Message

    @property
    def text(self) -> str:
        """The query as it was sent."""
        return str(self.message.get("query", ""))


def search(asked: Asked, pages: Pages) -> Answer:
    """One page of rows."""
    message = asked.message
    if "page_size" in message:
        raise request_error(
            "PAGE_SIZE_NOT_SUPPORTED",
            "Setting the page size is not supported. Search Responses will have fixed page size of "
            f"'{PAGE_ROWS}' rows.",
        )
    query, now = parse(asked.text), asked.caller.sandbox.now()
    settings, token = message.get("search_settings", {}), message.get("page_token", "")
    if message.get("validate_only") and token:
        raise request_error("VALIDATE_ONLY_REQUEST_HAS_PAGE_TOKEN", "A validate_only request takes no token.")
    offset = pages.offset(token, asked.customer.id, asked.text, now=now) if token else 0
    if message.get("validate_only"):
        _rows(asked, query)
        return {}
    everything = _rows(asked, query)
    rows, size = _limited(everything, query), asked.caller.settings.page_rows
    window = [] if settings.get("omit_results") else rows[offset : offset + size]
    answer = _batch(asked, query, window)
    if offset + size < len(rows) and not settings.get("omit_results"):
        following = pages.token(asked.customer.id, asked.text, offset=offset + size, now=now)
        answer["nextPageToken"] = following
    if settings.get("return_total_results_count"):
        answer["totalResultsCount"] = str(len(everything))
    if settings.get("return_summary_row"):
        answer["summaryRow"] = _summary(query, everything)
    return {**answer, "queryResourceConsumption": _consumed(rows)}


def stream(asked: Asked) -> list[Answer]:
    """All rows, in batches; the last one says what the query cost."""
    query = parse(asked.text)
    everything = _rows(asked, query)
    rows, size = _limited(everything, query), asked.caller.settings.batch_rows
    summary = asked.message.get("summary_row_setting", "NO_SUMMARY_ROW")
    if summary == "SUMMARY_ROW_ONLY":
        rows = []
    batches = [_batch(asked, query, rows[at : at + size]) for at in range(0, len(rows), size)]
    if summary.startswith("SUMMARY_ROW"):
        batches.append({**_batch(asked, query, []), "summaryRow": _summary(query, everything)})
    batches = batches or [_batch(asked, query, [])]
    for batch in batches:
        batch["requestId"] = asked.request_id
    batches[-1]["queryResourceConsumption"] = _consumed(rows)
    return batches


def _rows(asked: Asked, query: Query) -> list[Row]:
    check(query, is_manager=asked.customer.is_manager)
    today = asked.caller.sandbox.now().astimezone(asked.customer.zone).date()
    days = period(query, today=today, version=int(asked.version[1:]))
    return run(query, asked.customer, days, today=today)


def _limited(rows: list[Row], query: Query) -> list[Row]:
    return rows if query.limit is None else rows[: query.limit]


def _batch(asked: Asked, query: Query, rows: list[Row]) -> Answer:
    paths = list(dict.fromkeys(query.fields))
    renderer = Renderer(query, paths)
    results = [renderer.row(row) for row in rows]
    return {**({"results": results} if results else {}), "fieldMask": field_mask(paths)}


def _summary(query: Query, rows: list[Row]) -> Answer:
    if not any(path.startswith("metrics.") for path in query.fields):
        raise request_error(
            "CANNOT_RETURN_SUMMARY_ROW_FOR_REQUEST_WITHOUT_METRICS",
            "A summary row needs metrics in the SELECT clause.",
        )
    return totals(rows, query.fields)


def _consumed(rows: list[Row]) -> str:
    """What the query cost the servers, in a unit that nobody has explained."""
    return str(1024 + 2 * len(rows))
