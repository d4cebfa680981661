"""The tie-out as an asset check: unexplained differences are an error, explained ones a warning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import dagster as dg
from orchestration.tie_out.verdict import StoreVerdict, verdicts

NAME = "ties_out"
TIE_OUT = dg.AssetKey(["marts", "fct_tie_out"])
ORDERS = dg.AssetKey(["marts", "fct_tie_out_orders"])
SHOWN = 200

Row = dict[str, str | float | int | bool | None]


def tie_out_check() -> dg.AssetChecksDefinition:
    """The check on `marts.fct_tie_out`."""

    @dg.asset_check(
        name=NAME,
        asset=TIE_OUT,
        additional_deps=[ORDERS],
        description="Every store's days equal the platform's own report, or the difference is explained "
        "order by order. The job `tie_out` asks the vendors about what is off before it judges.",
    )
    def ties_out() -> dg.AssetCheckResult:
        return result(verdicts())

    return ties_out


def result(stores: Sequence[StoreVerdict]) -> dg.AssetCheckResult:
    """What Dagster shows of the verdicts: days, amounts, orders and causes as tables."""
    worst = {store.status for store in stores}
    return dg.AssetCheckResult(
        passed=not worst & {"explained", "unexplained"},
        severity=dg.AssetCheckSeverity.ERROR if "unexplained" in worst else dg.AssetCheckSeverity.WARN,
        description=_sentence(stores),
        metadata={
            "days compared": sum(store.compared for store in stores),
            "stores": _table(("store", "days compared", "ok", "provisional", "explained", "unexplained"),
                             (_store(store) for store in stores)),
            "days that are off": _table(("store", "day", "status", "measure", "here", "there", "difference"),
                                        (row for store in stores for row in _days(store))),
            "orders": _table(("store", "day", "order", "cause", "difference"),
                             (row for store in stores for row in _orders(store))),
        },
    )  # fmt: skip


def _sentence(stores: Sequence[StoreVerdict]) -> str:
    if not stores:
        return "Nothing is compared yet: load and build first."
    off = [(store, gap) for store in stores for gap in store.gaps]
    if not off:
        without = ", ".join(store.name for store in stores if store.status == "not available")
        compared = f"All of {sum(store.compared for store in stores):,} days tie out."
        return f"{compared} No report is available of: {without}." if without else compared
    listed = "; ".join(f"{store.name} {gap.day} ({gap.status})" for store, gap in off[:5])
    return f"{len(off):,} days do not tie out: {listed}{' …' if len(off) > 5 else ''}"


def _store(store: StoreVerdict) -> list[str]:
    counts = [store.days.get(one, 0) for one in ("ok", "provisional", "explained", "unexplained")]
    return [store.name, f"{store.compared:,}", *(f"{count:,}" for count in counts)]


def _days(store: StoreVerdict) -> Iterable[list[str]]:
    for gap in store.gaps:
        for measure, ours, theirs in gap.measures:
            difference = None if ours is None or theirs is None else ours - theirs
            yield [store.name, str(gap.day), gap.status, measure, *map(_text, (ours, theirs, difference))]


def _orders(store: StoreVerdict) -> Iterable[list[str]]:
    for gap in store.gaps:
        for name, cause, residual in gap.orders:
            yield [store.name, str(gap.day), name or "(no order)", cause, _text(residual)]


def _table(columns: Sequence[str], rows: Iterable[list[str]]) -> dg.TableMetadataValue:
    records = [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in rows]
    schema = dg.TableSchema([dg.TableColumn(name, "string") for name in columns])
    return dg.TableMetadataValue(records=records[:SHOWN], schema=schema)


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,}"
