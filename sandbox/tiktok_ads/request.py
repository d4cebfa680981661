"""What a report request asks for. Lists and objects are JSON inside the query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from sandbox.tiktok_ads import errors
from sandbox.tiktok_ads.metrics import METRICS

Parameters = Mapping[str, str]

# Level -> its dimension, the parts of a place it tells apart, and the filter by state.
LEVELS: dict[str, tuple[str, int, str]] = {
    "AUCTION_ADVERTISER": ("advertiser_id", 0, ""),
    "AUCTION_CAMPAIGN": ("campaign_id", 1, "campaign_status"),
    "AUCTION_ADGROUP": ("adgroup_id", 2, "adgroup_status"),
    "AUCTION_AD": ("ad_id", 3, "ad_status"),
}
REPORT_TYPES = ("BASIC", "AUDIENCE", "PLAYABLE_MATERIAL", "CATALOG", "BC", "TT_SHOP")
DAY, HOUR = "stat_time_day", "stat_time_hour"
SPANS = {DAY: 30, HOUR: 1, None: 365}
PAGE_SIZE, MOST_ROWS = 10, 1000
EVERYTHING = "STATUS_ALL"


@dataclass(frozen=True)
class Request:
    """A report request; without days it is over the whole life of things."""

    level: str
    time: str | None
    metrics: tuple[str, ...]
    days: tuple[date, date] | None
    deleted_too: bool
    page: int
    page_size: int
    order: tuple[str, bool] | None  # a metric, and whether the greatest comes first


def read(sent: Parameters) -> Request:
    """Understand a request, or raise `TikTokError`."""
    report_type = _one_of(sent, "report_type", REPORT_TYPES)
    if report_type != "BASIC" or sent.get("service_type", "AUCTION") != "AUCTION":
        raise errors.wrong("The practice shop has basic reports of auction ads only.")
    level = _one_of(sent, "data_level", tuple(LEVELS))
    time = _time(sent, level)
    metrics = tuple(_names(sent, "metrics"))
    unknown = [name for name in metrics if name not in METRICS]
    if unknown:
        raise errors.wrong_names("metric", unknown)
    days = None if sent.get("query_lifetime") == "true" else _days(sent, time)
    if days is None and time is not None:
        raise errors.wrong(f"query_lifetime does not support the dimension {time}.")
    return Request(
        level=level,
        time=time,
        metrics=metrics or ("spend", "impressions"),
        days=days,
        deleted_too=_deleted_too(sent, LEVELS[level][2]),
        page=_number(sent, "page", usual=1, most=None),
        page_size=_number(sent, "page_size", usual=PAGE_SIZE, most=MOST_ROWS),
        order=_order(sent, metrics),
    )


def decoded(sent: Parameters, name: str, kind: type) -> Any:
    """A parameter that is JSON of a kind."""
    try:
        value = orjson.loads(sent[name])
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, kind):
        raise errors.wrong(f"{name}: Field must be set to {'array' if kind is list else 'object'}")
    return value


def _one_of(sent: Parameters, name: str, known: tuple[str, ...]) -> str:
    if not sent.get(name):
        raise errors.missing(name)
    if sent[name] not in known:
        raise errors.wrong(f"{name}: Must be one of {list(known)}")
    return sent[name]


def _names(sent: Parameters, name: str) -> list[str]:
    return [str(each) for each in decoded(sent, name, list)] if sent.get(name) else []


def _time(sent: Parameters, level: str) -> str | None:
    names = _names(sent, "dimensions")
    if not names:
        raise errors.missing("dimensions")
    times = [name for name in names if name in (DAY, HOUR)]
    wanted = LEVELS[level][0]
    others = [name for name in names if name not in (*times, wanted)]
    if others or len(times) > 1 or wanted not in names:
        raise errors.wrong_names("dimension", others or names)
    return times[0] if times else None


def _days(sent: Parameters, time: str | None) -> tuple[date, date]:
    ends = []
    for name in ("start_date", "end_date"):
        if not sent.get(name):
            raise errors.missing(name)
        try:
            ends.append(date.fromisoformat(sent[name] if len(sent[name]) == 10 else ""))
        except ValueError:
            raise errors.wrong(f"{name}: Not a valid date, the format is YYYY-MM-DD") from None
    first, last = ends
    if first > last:
        raise errors.wrong("start_date cannot be later than end_date")
    most = SPANS[time]
    if (last - first).days + 1 > most:
        days = f"{most} days" if most > 1 else "1 day"
        raise errors.wrong(f"max time span is {days}" + (f" when use {time}" if time else ""))
    return first, last


def _deleted_too(sent: Parameters, status_filter: str) -> bool:
    """Things that were deleted are left out unless every status is asked for."""
    if not status_filter or not sent.get("filtering"):
        return not status_filter
    for each in decoded(sent, "filtering", list):
        if isinstance(each, dict) and each.get("field_name") == status_filter:
            return EVERYTHING in str(each.get("filter_value", ""))
    return False


def _number(sent: Parameters, name: str, *, usual: int, most: int | None) -> int:
    text = sent.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 19) or int(text) < 1:
        raise errors.wrong(f"{name}: Must be greater than or equal to 1")
    if most is not None and int(text) > most:
        raise errors.wrong(f"{name}: Must be less than or equal to {most}")
    return int(text)


def _order(sent: Parameters, metrics: tuple[str, ...]) -> tuple[str, bool] | None:
    name = sent.get("order_field")
    if not name:
        return None
    if name not in metrics:
        raise errors.wrong(f"order_field: {name} is not in the metrics")
    return name, sent.get("order_type", "DESC") == "DESC"
