"""Is a report possible? Checks come in the order in which Google was seen to make them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sandbox.ga4.dates import DateRange, date_ranges
from sandbox.ga4.fields import (
    DIMENSIONS,
    METRICS,
    check_compatible,
    current,
    unknown_dimension,
    unknown_metric,
)
from sandbox.google.errors import RpcError, invalid_argument
from sandbox.google.transcoding import Message

MOST_DIMENSIONS, MOST_METRICS = 9, 10
DEFAULT_LIMIT, MOST_ROWS = 10_000, 250_000
UNSERVED = ("cohort_spec", "comparisons")  # this stand-in does not know them


@dataclass(frozen=True)
class Plan:
    """A sound request. Names are as they were sent; `message` has the filters, orders and flags."""

    message: Message
    dimensions: tuple[Message, ...]
    metrics: tuple[Message, ...]
    ranges: tuple[DateRange, ...]
    limit: int
    offset: int

    @property
    def cost(self) -> int:
        """Tokens of quota: more of wide reports and of long ranges."""
        cells = max(1, len(self.dimensions)) * max(1, len(self.metrics))
        days = sum(one.days for one in self.ranges)
        return int(1 + cells**0.5 / 3.1 + days / 61)


def plan(message: Message, *, today: date, currency: str) -> Plan:
    """The request as it will be carried out, or `RpcError`."""
    dimensions, metrics = field_names(message)
    limit, offset = _window(message)
    ranges = date_ranges(message.get("date_ranges", []), today=today)
    _check_numbers(dimensions, metrics)
    if not message.get("dimensions") and not message.get("metrics"):
        raise invalid_argument("Requests require dimensions and/or metrics. Most requests include both.")
    _check_duplicates(message)
    _check_orders(message, ranges)
    _check_rest(message, currency=currency)
    check_compatible(dimensions, metrics)
    return Plan(
        message,
        tuple(message.get("dimensions", [])),
        tuple(message.get("metrics", [])),
        ranges,
        limit,
        offset,
    )


def field_names(message: Message) -> tuple[list[str], list[str]]:
    """All dimensions and metrics of a request, those that only filters name last; each has to exist."""
    dimensions = _each_once(
        [name for one in message.get("dimensions", []) for name in behind(one)]
        + [*filtered(message.get("dimension_filter", {}))]
    )
    for name in dimensions:
        if current(name) not in DIMENSIONS:
            raise unknown_dimension(name)
    metrics = _each_once(
        [one.get("name", "") for one in message.get("metrics", [])]
        + [*filtered(message.get("metric_filter", {}))]
    )
    for name in metrics:
        if current(name) not in METRICS:
            raise unknown_metric(name)
    return dimensions, metrics


def behind(dimension: Message) -> Sequence[str]:
    """The dimensions that one of the request is made of: itself, unless it is an expression."""
    made = dimension.get("dimension_expression")
    if not made:
        return (dimension.get("name", ""),)
    names = [made[how].get("dimension_name", "") for how in ("lower_case", "upper_case") if how in made]
    return [*names, *made.get("concatenate", {}).get("dimension_names", [])]


def filtered(expression: Message) -> Iterable[str]:
    """The fields that a filter looks at."""
    for group in ("and_group", "or_group"):
        for one in expression.get(group, {}).get("expressions", []):
            yield from filtered(one)
    if "not_expression" in expression:
        yield from filtered(expression["not_expression"])
    if "filter" in expression:
        yield expression["filter"].get("field_name", "")


def _window(message: Message) -> tuple[int, int]:
    limit, offset = message.get("limit", 0), message.get("offset", 0)
    for name, value in (("limit", limit), ("offset", offset)):
        if value < 0:
            raise invalid_argument(f"{name} must be positive. The API received {name} = {value}")
    return min(limit or DEFAULT_LIMIT, MOST_ROWS), offset


def _check_numbers(dimensions: Sequence[str], metrics: Sequence[str]) -> None:
    for names, most, what in (
        (dimensions, MOST_DIMENSIONS, "dimensions"),
        (metrics, MOST_METRICS, "metrics"),
    ):
        if len(names) > most:
            raise invalid_argument(
                f"Requests are limited to {most} {what} within a nested request. "
                f"This request is for {len(names)} {what}."
            )


def _check_duplicates(message: Message) -> None:
    twice = _twice(one.get("name", "") for one in message.get("dimensions", []))
    if twice:
        raise invalid_argument(f"Found duplicate dimensions: {', '.join(twice)}")
    twice = _twice(one.get("name", "") for one in message.get("metrics", []))
    if twice:
        raise invalid_argument(
            f"Duplicate metrics are not allowed. Found duplicate metrics: {', '.join(twice)}"
        )


def _check_orders(message: Message, ranges: tuple[DateRange, ...]) -> None:
    asked = {one.get("name", "") for key in ("dimensions", "metrics") for one in message.get(key, [])}
    if len(ranges) > 1:
        asked.add("dateRange")
    for order in message.get("order_bys", []):
        if "pivot" in order:
            raise invalid_argument("Pivot order bys are only allowed in pivot reports.")
        name = order.get("metric", {}).get("metric_name") or order.get("dimension", {}).get("dimension_name")
        if name not in asked:
            raise invalid_argument(
                f"Field {name} exists in OrderBy but is not defined in input Dimensions/Metrics list"
            )


def _check_rest(message: Message, *, currency: str) -> None:
    if "COUNT" in message.get("metric_aggregations", []):
        raise invalid_argument("Metric aggregation COUNT is not allowed in runReport.")
    for name in UNSERVED:
        if message.get(name):
            raise _unserved(name)
    if any(one.get("expression") for one in message.get("metrics", [])):
        raise _unserved("metrics.expression")
    if message.get("currency_code", currency) not in ("", currency):
        raise _unserved(f"currency_code other than {currency}")


def _unserved(what: str) -> RpcError:
    return invalid_argument(f"The practice shop does not serve {what}.")


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _twice(names: Iterable[str]) -> list[str]:
    seen = list(names)
    return _each_once(name for name in seen if seen.count(name) > 1)
