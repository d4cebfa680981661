"""Rows as JSON of proto3: lowerCamelCase, int64 as text, whole doubles without point, nothing unset."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sandbox.google.transcoding import camel
from sandbox.google_ads.catalogue import DOUBLE, FIELDS, INT32, INT64
from sandbox.google_ads.gaql import Query
from sandbox.google_ads.run import Row

NAMED = "resource_name"


def field_mask(paths: Sequence[str]) -> str:
    """The selected fields as an answer repeats them."""
    return ",".join(".".join(camel(part) for part in path.split(".")) for path in paths)


class Renderer:
    """Writes the rows of one query."""

    def __init__(self, query: Query, paths: Sequence[str]) -> None:
        shown = list(paths)
        if ("omit_unselected_resource_names", "true") not in query.parameters:
            shown += [path for path in _names_of(query, paths) if path not in shown]
        self.steps = [
            (path, tuple(camel(part) for part in path.split(".")), FIELDS[path].kind) for path in shown
        ]

    def row(self, row: Row) -> dict[str, Any]:
        """One GoogleAdsRow."""
        shown: dict[str, Any] = {}
        for path, parts, kind in self.steps:
            value = row.value(path)
            if value is None:
                continue
            place = shown
            for part in parts[:-1]:
                place = place.setdefault(part, {})
            place[parts[-1]] = _written(value, kind)
        return shown


def totals(rows: Sequence[Row], paths: Sequence[str]) -> dict[str, Any]:
    """The summary row: the figures of all rows together."""
    numbers: dict[str, Decimal] = {}
    for row in rows:
        for name, amount in row.numbers.items():
            numbers[name] = numbers.get(name, Decimal(0)) + amount
    whole = Row({}, {}, numbers)
    return {
        "metrics": {
            camel(path.removeprefix("metrics.")): _written(whole.value(path), FIELDS[path].kind)
            for path in paths
            if path.startswith("metrics.")
        }
    }


def _names_of(query: Query, paths: Sequence[str]) -> list[str]:
    """The resource names that come unasked: of what the query is about and of whatever it selects from."""
    owners = dict.fromkeys([query.resource, *(FIELDS[path].resource for path in paths)])
    if any(path.startswith("ad_group_ad.ad.") for path in paths):
        owners["ad_group_ad.ad"] = None
    return [f"{owner}.{NAMED}" for owner in owners if f"{owner}.{NAMED}" in FIELDS]


def _written(value: Any, kind: str) -> Any:
    if kind == INT64:
        return str(int(value))
    if kind == INT32:
        return int(value)
    if kind == DOUBLE:
        number = float(value)
        return int(number) if number.is_integer() else number
    return value
