"""runReport: sessions into rows, and what Google withholds, folds together or estimates on the way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from sandbox.ga4.dates import DateRange
from sandbox.ga4.fields import METRICS, current
from sandbox.ga4.filters import test_of
from sandbox.ga4.sessions import DIMENSION_VALUES, METRIC_VALUES, RATIOS, Number, Slice, Slices
from sandbox.ga4.settings import Settings
from sandbox.ga4.validate import Plan
from sandbox.google.transcoding import Message

OTHER = "(other)"
AGGREGATIONS = {
    "TOTAL": ("totals", "RESERVED_TOTAL"),
    "MINIMUM": ("minimums", "RESERVED_MIN"),
    "MAXIMUM": ("maximums", "RESERVED_MAX"),
}
Fetch = Callable[[DateRange], list[Slice]]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One row: values of its dimensions, and of its metrics as numbers."""

    key: Key
    numbers: tuple[Number, ...]


class Report:
    """One report of one property."""

    def __init__(self, plan: Plan, settings: Settings, fetch: Fetch) -> None:
        self.plan = plan
        self.settings = settings
        self.values = [_dimension(one) for one in plan.dimensions]
        self.metrics = [one["name"] for one in plan.metrics]
        self.shown = [place for place, one in enumerate(plan.metrics) if not one.get("invisible")]
        self.folded = False
        self.space: list[tuple[int, int]] = []  # sessions read and sessions there are, by range
        self.groups: dict[Key, list[Slice]] = {}
        for one in plan.ranges:
            self._gather(one, fetch(one))

    def answer(self, currency: str, zone: str) -> dict[str, Any]:
        """RunReportResponse without quota. Whatever is empty or false is left out."""
        rows = self._ordered(self._rows())
        window = rows[self.plan.offset : self.plan.offset + self.plan.limit]
        body: dict[str, Any] = {
            "dimensionHeaders": [{"name": name} for name in self._names()],
            "metricHeaders": [
                {"name": self.metrics[place], "type": METRICS[current(self.metrics[place])].type}
                for place in self.shown
            ],
            "rows": [self._written(row) for row in window],
            **{name: many for name, many in self._aggregates(rows) if rows},
            "rowCount": len(rows),
            "metadata": self._metadata(currency, zone),
            "kind": "analyticsData#runReport",
        }
        return {key: value for key, value in body.items() if value}

    def _gather(self, which: DateRange, of: list[Slice]) -> None:
        share = self.settings.sample
        read = of if share >= 1 else [one for one in of if one.draw < share]
        self.space.append((sum(one.is_first for one in read), sum(one.is_first for one in of)))
        passes = test_of(self.plan.message.get("dimension_filter", {}))
        names = (which.name,) if len(self.plan.ranges) > 1 else ()
        for one in read:
            if passes(partial(_dimension_value, one)):
                key = (*(value(one) for value in self.values), *names)
                self.groups.setdefault(key, []).append(one)

    def _rows(self) -> list[Row]:
        kept = [(key, of) for key, of in self.groups.items() if self._is_shown(of)]
        rows = [self._row(key, of) for key, of in kept]
        passes = test_of(self.plan.message.get("metric_filter", {}))
        found = [
            (row, of)
            for row, (_, of) in zip(rows, kept, strict=True)
            if (self.plan.message.get("keep_empty_rows") or not self.metrics or any(row.numbers))
            and passes(partial(self._number, of=of))
        ]
        return self._limited(found)

    def _is_shown(self, of: Slices) -> bool:
        return METRIC_VALUES["totalUsers"](of) >= self.settings.threshold

    def _limited(self, found: list[tuple[Row, list[Slice]]]) -> list[Row]:
        """Beyond the limit of a table the smallest rows are one, even where they differ by the day."""
        most = self.settings.row_limit
        if not most or len(found) <= most or not self.values:
            return [row for row, _ in found]
        found.sort(key=lambda each: (*(-number for number in each[0].numbers[:1]), each[0].key))
        self.folded = True
        rest = [one for _, of in found[most:] for one in of]
        key = tuple(OTHER for _ in found[0][0].key)
        return [*(row for row, _ in found[:most]), self._row(key, rest)]

    def _row(self, key: Key, of: Slices) -> Row:
        return Row(key, tuple(self._number(name, of) for name in self.metrics))

    def _number(self, name: str, of: Slices) -> Number:
        value, share = METRIC_VALUES[current(name)](of), self.settings.sample
        if share >= 1 or current(name) in RATIOS:
            return value
        scaled = Decimal(str(value)) / Decimal(str(share))
        return round(scaled) if isinstance(value, int) else round(scaled, 2)

    def _ordered(self, rows: list[Row]) -> list[Row]:
        """Rows as the request orders them, by default the highest of the first metric first."""
        rows.sort(key=lambda row: row.key)
        orders = self.plan.message.get("order_bys", [])
        if not orders and self.metrics:
            rows.sort(key=lambda row: row.numbers[0], reverse=True)
        for order in reversed(orders):
            rows.sort(key=self._sorter(order), reverse=order.get("desc", False))
        return rows

    def _sorter(self, order: Message) -> Callable[[Row], Any]:
        if "metric" in order:
            place = self.metrics.index(order["metric"]["metric_name"])
            return lambda row: row.numbers[place]
        place = self._names().index(order["dimension"]["dimension_name"])
        kind = order["dimension"].get("order_type", "ALPHANUMERIC")
        if kind == "NUMERIC":
            return lambda row: float(row.key[place]) if row.key[place].isdigit() else float("-inf")
        if kind == "CASE_INSENSITIVE_ALPHANUMERIC":
            return lambda row: row.key[place].lower()
        return lambda row: row.key[place]

    def _names(self) -> list[str]:
        names = [one.get("name", "") for one in self.plan.dimensions]
        return [*names, "dateRange"] if len(self.plan.ranges) > 1 else names

    def _aggregates(self, rows: list[Row]) -> Iterable[tuple[str, list[dict[str, Any]]]]:
        everything = [one for of in self.groups.values() for one in of]
        for kind in dict.fromkeys(self.plan.message.get("metric_aggregations", [])):
            if kind in AGGREGATIONS and rows:
                name, label = AGGREGATIONS[kind]
                choose = max if kind == "MAXIMUM" else min
                columns = zip(*(row.numbers for row in rows), strict=True)
                numbers = (
                    self._row((), everything).numbers
                    if kind == "TOTAL"
                    else tuple(choose(column) for column in columns)
                )
                yield name, [self._written(Row(tuple(label for _ in self._names()), numbers))]

    def _metadata(self, currency: str, zone: str) -> dict[str, Any]:
        shown: dict[str, Any] = {"currencyCode": currency, "timeZone": zone}
        if self.folded:
            shown["dataLossFromOtherRow"] = True
        if self.settings.sample < 1:
            shown["samplingMetadatas"] = [
                {"samplesReadCount": str(read), "samplingSpaceSize": str(size)} for read, size in self.space
            ]
        if self.settings.threshold:
            shown["subjectToThresholding"] = True
        return shown

    def _written(self, row: Row) -> dict[str, Any]:
        written = {
            "dimensionValues": [{"value": value} for value in row.key],
            "metricValues": [{"value": number_text(row.numbers[place])} for place in self.shown],
        }
        return {key: values for key, values in written.items() if values}


def number_text(number: Number) -> str:
    """A number as reports write it: 15 digits, or 17 where 15 say another one."""
    if isinstance(number, int):
        return str(number)
    value = float(number)
    short = f"{value:.15g}"
    return short if float(short) == value else f"{value:.17g}"


def _dimension_value(one: Slice, name: str) -> str:
    return DIMENSION_VALUES[current(name)](one)


def _dimension(asked: Message) -> Callable[[Slice], str]:
    made = asked.get("dimension_expression")
    if not made:
        return DIMENSION_VALUES[current(asked["name"])]
    if "concatenate" in made:
        parts = [DIMENSION_VALUES[current(name)] for name in made["concatenate"].get("dimension_names", [])]
        return lambda one: made["concatenate"].get("delimiter", "").join(part(one) for part in parts)
    how: str = "lower_case" if "lower_case" in made else "upper_case"
    value, change = DIMENSION_VALUES[current(made[how]["dimension_name"])], CASES[how]
    return lambda one: change(value(one))


CASES: dict[str, Callable[[str], str]] = {"lower_case": str.lower, "upper_case": str.upper}
