"""Answers ShopifyQL from what is true of the business, whatever the other fields of the API show."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sandbox.business.ledger import DailyRow, LedgerRow
from sandbox.business.seasons import local_day
from sandbox.shopify.shopifyql.columns import DIMENSIONS, GRAIN_TYPES, Column, measures
from sandbox.shopify.shopifyql.parse import GRAINS, NotReadable, Query, parse

Key = tuple[str, ...]


def answer(shop: Any, text: str, *, version: str) -> dict[str, Any]:
    """The ShopifyqlQueryResponse."""
    today = local_day(shop.now(), shop.store.zone)
    try:
        query = parse(text, today)
        known = measures(version)
        _check(query, known, by_order=shop.reports_by_order)
    except NotReadable as error:
        return _response(None, error.sentences)
    grouped = _Report(shop, query).rows(today)
    keys = _dimensions(query)
    columns = [_column(name, DIMENSIONS.get(name) or _grain(name)) for name in keys]
    columns += [_column(name, known[name]) for name in query.measures]
    rows = [
        {**dict(zip(keys, key, strict=True)), **{name: known[name].read(row) for name in query.measures}}
        for key, row in grouped
    ]
    rows = _limited(_ordered(rows, query), query)
    shown: list[Any] = rows if shop.rows_layout == "objects" else [list(row.values()) for row in rows]
    return _response({"columns": columns, "rows": shown}, [])


def _check(query: Query, known: dict[str, Column], *, by_order: bool) -> None:
    columns = {*known, *DIMENSIONS, *GRAINS}
    if not by_order:
        columns -= {"order_id", "order_name"}
    wanted = [*query.measures, *query.dimensions, *(name for name, _ in query.where)]
    wanted += [name for name, _ in query.order_by]
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise NotReadable(*(f"Column `{name}` not found." for name in dict.fromkeys(missing)))
    odd = [name for name in query.measures if name not in known]
    if odd:
        raise NotReadable(*(f"Column `{name}` is a dimension: use it in `GROUP BY`." for name in odd))
    odd = [name for name in query.dimensions if name in known]
    if odd:
        raise NotReadable(*(f"Column `{name}` is a measure: use it in `SHOW`." for name in odd))


def _dimensions(query: Query) -> list[str]:
    grain = [query.timeseries] if query.timeseries else []
    return [*grain, *(name for name in query.dimensions if name not in grain)]


class _Report:
    """The grouped rows of one query."""

    def __init__(self, shop: Any, query: Query) -> None:
        self.shop = shop
        self.query = query
        self.keys = _dimensions(query)

    def rows(self, today: date) -> list[tuple[Key, DailyRow]]:
        """Groups in the order of their keys; a time series has every period of its span."""
        by_day = all(name in GRAINS for name in self.keys) and not self.query.where
        groups = self._by_day() if by_day else self._by_sale()
        if by_day and self.query.timeseries and self.keys == [self.query.timeseries]:
            for day in self._span(groups, today):
                groups.setdefault((_period(day, self.query.timeseries),), self._empty(day))
        return sorted(groups.items(), key=lambda pair: pair[0])

    def _by_day(self) -> dict[Key, DailyRow]:
        groups: dict[Key, DailyRow] = {}
        for row in self.shop.truth().daily(self.shop.name):
            if self._meant(row.date):
                key = tuple(_period(row.date, name) for name in self.keys)
                _merge(groups.setdefault(key, self._empty(row.date)), row)
        return groups

    def _by_sale(self) -> dict[Key, DailyRow]:
        groups: dict[Key, DailyRow] = {}
        placed: set[tuple[Key, int]] = set()
        for row in self.shop.truth().ledger(self.shop.name):
            if not self._meant(row.booked_date) or not self._fits(row):
                continue
            key = tuple(self._value(row, name) for name in self.keys)
            group = groups.setdefault(key, self._empty(row.booked_date))
            group.add(row)
            if row.event_type == "order" and (key, row.order_id) not in placed:
                placed.add((key, row.order_id))
                group.orders += 1
        return groups

    def _span(self, groups: dict[Key, DailyRow], today: date) -> Iterator[date]:
        known = [row.date for row in groups.values()]
        day = self.query.since or min(known, default=today)
        last = self.query.until or today
        while day <= last:
            yield day
            day += timedelta(days=1)

    def _empty(self, day: date) -> DailyRow:
        return DailyRow(day, self.shop.store.currency)

    def _meant(self, day: date) -> bool:
        since, until = self.query.since, self.query.until
        return (since is None or day >= since) and (until is None or day <= until)

    def _fits(self, row: LedgerRow) -> bool:
        return all(self._value(row, name) == value.rsplit("/", 1)[-1] for name, value in self.query.where)

    def _value(self, row: LedgerRow, name: str) -> str:
        if name == "order_id":
            return str(row.order_id)
        if name == "order_name":
            return str(self.shop.store.orders[row.order_id].name)
        if name == "product_id":
            return "" if row.product_id is None else str(row.product_id)
        return _period(row.booked_date, name)


def _merge(group: DailyRow, row: DailyRow) -> None:
    for name in DailyRow.__slots__:
        if name not in ("date", "currency_code"):
            setattr(group, name, getattr(group, name) + getattr(row, name))


def _period(day: date, grain: str) -> str:
    starts = {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }
    return starts[grain].isoformat()


def _ordered(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    for name, descending in reversed(query.order_by):
        if rows and name in rows[0]:
            rows.sort(key=lambda row: _comparable(row[name]), reverse=descending)
    return rows


def _comparable(value: str | None) -> tuple[int, float, str]:
    try:
        return (0, float(value or 0), "")
    except ValueError:
        return (1, 0.0, value or "")


def _limited(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    return rows if query.limit is None else rows[query.offset : query.offset + query.limit]


def _grain(name: str) -> Column:
    return Column(GRAIN_TYPES[name], name.title())


def _column(name: str, column: Column) -> dict[str, Any]:
    return {
        "__typename": "ShopifyqlTableDataColumn",
        "name": name,
        "dataType": column.data_type,
        "displayName": column.title,
        "subType": None,
    }


def _response(table: dict[str, Any] | None, errors: list[str]) -> dict[str, Any]:
    return {
        "__typename": "ShopifyqlQueryResponse",
        "tableData": table,
        "parseErrors": errors,
        "parseWarnings": [],
    }
