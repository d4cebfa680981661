"""`report/integrated/get/`: rows of one level, by day or over the whole span."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.tallies import Place, Tally, merged
from sandbox.tiktok_ads.advertiser import Advertiser
from sandbox.tiktok_ads.metrics import METRICS, Row
from sandbox.tiktok_ads.request import DAY, HOUR, LEVELS, Request


def answer(advertiser: Advertiser, request: Request) -> dict[str, Any]:
    """`data` of an answer: a page of rows, and how many there are in all."""
    rows = _rows(advertiser, request)
    if request.order is not None:
        name, descending = request.order
        rows.sort(key=lambda row: _sortable(row["metrics"][name]), reverse=descending)
    first = (request.page - 1) * request.page_size
    return {
        "list": rows[first : first + request.page_size],
        "page_info": {
            "page": request.page,
            "page_size": request.page_size,
            "total_number": len(rows),
            "total_page": -(-len(rows) // request.page_size),
        },
    }


def _rows(advertiser: Advertiser, request: Request) -> list[dict[str, Any]]:
    first, last = request.days or advertiser.lifetime()
    last = min(last, advertiser.today())
    if request.time is None:
        return _written(advertiser, request, advertiser.days.over(first, last), None)
    return [
        row
        for number in range(first.toordinal(), last.toordinal() + 1)
        for day in (date.fromordinal(number),)
        for row in _written(advertiser, request, advertiser.days.of(day), day)
    ]


def _written(
    advertiser: Advertiser, request: Request, tallies: Iterable[Tally], day: date | None
) -> list[dict[str, Any]]:
    dimension, depth, _ = LEVELS[request.level]
    shown = []
    inside = (one for one in tallies if _counts(one.place.above(depth), request.deleted_too))
    for tally in merged(inside, depth):
        row = Row(advertiser.info, tally)
        dimensions = {dimension: METRICS[dimension](row)}
        if day is not None and request.time in (DAY, HOUR):
            dimensions[request.time] = f"{day.isoformat()} 00:00:00"
        metrics = {name: METRICS[name](row) for name in request.metrics}
        shown.append({"dimensions": dimensions, "metrics": metrics})
    return shown


def _counts(place: Place, deleted_too: bool) -> bool:
    parts = (place.campaign, place.group, place.ad)
    return deleted_too or not any(one and one.status == "REMOVED" for one in parts)


def _sortable(text: str) -> tuple[bool, Decimal, str]:
    try:
        return True, Decimal(text), ""
    except InvalidOperation:
        return False, Decimal(0), text
