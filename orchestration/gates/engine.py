"""Great Expectations in this process: an ephemeral context, no files, no analytics, the work done in SQL.

A gate is a query and rules over its rows. Every rule becomes an aggregate that the warehouse computes; what
comes back are counts, and of broken rules a few keys to find the rows by. Documents never leave the
warehouse this way: they hold personal data.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import warehouse

log = logging.getLogger(__name__)

SAMPLE = 5
SQL_RULE = "unexpected_rows_expectation"


@dataclass(frozen=True)
class Rule:
    """One expectation: a sentence for people, its type and arguments for Great Expectations."""

    says: str
    type: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    severity: Literal["error", "warn"] = "error"

    @classmethod
    def no_rows(cls, says: str, query: str, *, severity: Literal["error", "warn"] = "error") -> Rule:
        """A rule that is kept when `query` over `{batch}` finds nothing."""
        return cls(says, SQL_RULE, {"unexpected_rows_query": query}, severity)


@dataclass(frozen=True)
class Gate:
    """The rows to look at, how to name one of them, and what must be true of them."""

    schema: str
    table: str
    rules: Sequence[Rule]
    keys: Sequence[str]
    query: str

    @property
    def relation(self) -> str:
        """The table that the gate stands at."""
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True)
class Finding:
    """What came of one rule."""

    rule: Rule
    passed: bool
    broken: int
    sample: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What came of one gate; without findings its table does not exist yet."""

    gate: Gate
    rows: int
    findings: tuple[Finding, ...]

    @property
    def exists(self) -> bool:
        """Whether there was a table to look at."""
        return bool(self.findings)

    @property
    def passed(self) -> bool:
        """Whether no rule of either severity was broken."""
        return all(finding.passed for finding in self.findings)

    @property
    def is_error(self) -> bool:
        """Whether a rule was broken that must hold; the others warn."""
        return any(not found.passed and found.rule.severity == "error" for found in self.findings)

    @property
    def only_warns(self) -> bool:
        """Whether something is amiss, but nothing that must hold."""
        return not self.exists or not (self.passed or self.is_error)


def judge(gates: Iterable[Gate]) -> Iterator[Verdict]:
    """The verdicts of `gates`, in their order."""
    wanted = list(gates)
    existing = _existing(wanted)
    context, source = _context()
    try:
        for gate in wanted:
            yield _judge(context, source, gate) if gate.relation in existing else Verdict(gate, 0, ())
    finally:
        source.get_engine().dispose()


def _context() -> tuple[Any, Any]:
    # Imported late: it takes seconds, and the definitions must load without them.
    import great_expectations as gx  # noqa: PLC0415
    from great_expectations.data_context.types.base import (  # noqa: PLC0415
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    config = DataContextConfig(store_backend_defaults=stores, analytics_enabled=False, progress_bars=bars)
    context = gx.get_context(mode="ephemeral", project_config=config)
    address = warehouse.url("transformer").replace("postgresql://", "postgresql+psycopg2://", 1)
    return context, context.data_sources.add_postgres("warehouse", connection_string=address)


def _judge(context: Any, source: Any, gate: Gate) -> Verdict:
    import great_expectations as gx  # noqa: PLC0415
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415
        ExpectationConfiguration,
    )

    counted = Rule("rows", "expect_table_row_count_to_be_between", {"min_value": 0})
    expectations = [
        ExpectationConfiguration(type=rule.type, kwargs=dict(rule.arguments), meta={"number": number})
        for number, rule in enumerate([counted, *gate.rules])
    ]
    suite = gx.ExpectationSuite(
        gate.relation, expectations=[expectation.to_domain_obj() for expectation in expectations]
    )
    asset = source.add_query_asset(gate.relation, query=gate.query)
    batch = asset.add_batch_definition_whole_table("rows").get_batch()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = batch.validate(
            suite,
            result_format={
                "result_format": "SUMMARY",
                "unexpected_index_column_names": list(gate.keys),
                "partial_unexpected_count": SAMPLE,
            },
        )
    results = {result.expectation_config.meta["number"]: result for result in outcome.results}
    rows = int(results[0].result.get("observed_value", 0))
    findings = tuple(_finding(gate, rule, results[number]) for number, rule in enumerate(gate.rules, 1))
    return Verdict(gate, rows, findings)


def _finding(gate: Gate, rule: Rule, result: Any) -> Finding:
    trouble = _trouble(result.exception_info)
    if result.success or trouble:
        return Finding(rule, bool(result.success), 0, trouble=trouble)
    detail = result.result
    if rule.type == SQL_RULE:
        return Finding(rule, False, int(detail.get("observed_value", 0)), _rows_of(gate, rule))
    broken = int(detail.get("unexpected_count") or 1)
    places = detail.get("partial_unexpected_index_list") or []
    sample = tuple(_label({key: place.get(key) for key in gate.keys}) for place in places[:SAMPLE])
    return Finding(rule, False, broken, sample)


def _rows_of(gate: Gate, rule: Rule) -> tuple[str, ...]:
    """A few of the rows that a query found; such queries select keys and figures, never documents."""
    query = str(rule.arguments["unexpected_rows_query"]).replace("{batch}", f"({gate.query})")
    connection = warehouse.connect("transformer")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(f"select * from ({query}) broken limit {SAMPLE}")
            names = [column.name for column in cursor.description or ()]
            return tuple(_label(dict(zip(names, row, strict=True))) for row in cursor.fetchall())
    finally:
        connection.close()


def _label(place: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in place.items())


def _trouble(info: Mapping[str, Any]) -> str | None:
    """The message of an exception inside Great Expectations, which keeps it under varying keys."""
    if "raised_exception" in info:
        return str(info.get("exception_message")) if info["raised_exception"] else None
    messages = {str(detail.get("exception_message")) for detail in info.values() if isinstance(detail, dict)}
    return "; ".join(sorted(messages)) or None


def _existing(gates: Sequence[Gate]) -> set[str]:
    connection = warehouse.connect("transformer")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "select wanted from unnest(%s) wanted where to_regclass(wanted) is not null",
                ([gate.relation for gate in gates],),
            )
            return {str(row[0]) for row in cursor.fetchall()}
    finally:
        connection.close()
