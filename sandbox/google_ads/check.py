"""Is a query that is well formed one that can be asked?"""

import re
from collections.abc import Iterable, Sequence

from sandbox.google_ads.catalogue import (
    ABOVE,
    BY_ACTION,
    DATES,
    ENUM,
    FIELDS,
    OF_DELIVERY,
    TEXTS,
    WITHOUT_FIGURES,
    Field,
)
from sandbox.google_ads.errors import query_error
from sandbox.google_ads.gaql import Condition, Query

ORDERING = (">", ">=", "<", "<=", "BETWEEN")
OF_TEXTS = ("CONTAINS ANY", "CONTAINS ALL", "CONTAINS NONE", "IS NULL", "IS NOT NULL")
OF_PATTERNS = ("LIKE", "NOT LIKE", "REGEXP_MATCH", "NOT REGEXP_MATCH")


def check(query: Query, *, is_manager: bool) -> None:
    """Refuse a query with `AdsFailure`, the first reason first."""
    if query.resource not in ABOVE:
        raise query_error(
            "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE",
            f"Error in query: invalid resource type in FROM clause: '{query.resource}'.",
        )
    named = named_fields(query)
    unknown = [path for path in named if path not in FIELDS]
    if unknown:
        which = "field" if len(unknown) == 1 else "fields"
        listed = ", ".join(f"'{path}'" for path in unknown)
        raise query_error("UNRECOGNIZED_FIELD", f"Unrecognized {which} in the query: {listed}.")
    _check_resources(query)
    _check_figures(query, named)
    for condition in query.conditions:
        _check_condition(condition, FIELDS[condition.field])
    if is_manager and any(path.startswith("metrics.") for path in named):
        raise query_error(
            "REQUESTED_METRICS_FOR_MANAGER",
            "Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests "
            "against each client account under the manager account.",
        )


def named_fields(query: Query) -> list[str]:
    """Every field of a query once, those it selects first."""
    names = [*query.fields, *(one.field for one in query.conditions), *(name for name, _ in query.orders)]
    return list(dict.fromkeys(names))


def _check_resources(query: Query) -> None:
    known = {query.resource, *ABOVE[query.resource], "segments", "metrics"}
    for clause, names in (
        ("SELECT", query.fields),
        ("WHERE", [one.field for one in query.conditions]),
    ):
        strange = [name for name in names if FIELDS[name].resource not in known]
        if strange:
            raise query_error(
                f"PROHIBITED_RESOURCE_TYPE_IN_{clause}_CLAUSE",
                f"Error in query: '{strange[0]}' cannot be used in the {clause} clause of a query FROM "
                f"{query.resource}.",
            )


def _check_figures(query: Query, named: Sequence[str]) -> None:
    segments = [name for name in named if name.startswith("segments.")]
    metrics = [name for name in named if name.startswith("metrics.")]
    if query.resource in WITHOUT_FIGURES:
        for kind, names in (("METRIC", metrics), ("SEGMENT", segments)):
            if names:
                raise _prohibited(kind, names, f"the FROM clause: {query.resource}")
    if any(name in BY_ACTION for name in segments):
        clashing = [name for name in metrics if name in OF_DELIVERY]
        if clashing:
            raise _prohibited("METRIC", clashing, "segments.conversion_action")
    elsewhere = [name for name in segments if name not in query.fields and name not in DATES]
    if elsewhere:
        raise query_error(
            "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
            f"The following field must be present in SELECT clause: '{elsewhere[0]}'.",
        )


def _prohibited(kind: str, names: Iterable[str], reason: str) -> Exception:
    listed = ", ".join(f"'{name}'" for name in names)
    return query_error(
        f"PROHIBITED_{kind}_IN_SELECT_OR_WHERE_CLAUSE",
        f"Cannot select or filter on the following {kind.lower()}s: {listed}, as they are incompatible with "
        f"{reason}.",
    )


def _check_condition(condition: Condition, field: Field) -> None:
    operator = condition.operator
    if field.kind == TEXTS:
        fits = operator in OF_TEXTS
    elif operator == "DURING":
        fits = field.path in DATES
    elif field.path in DATES:
        fits = operator in ("=", "IN", *ORDERING)
    elif field.is_number:
        fits = operator not in OF_PATTERNS and not operator.startswith("CONTAINS")
    else:
        fits = not operator.startswith("CONTAINS") and (operator not in ORDERING or field.kind != ENUM)
    if not fits:
        raise query_error(
            "OPERATOR_FIELD_MISMATCH", f"Error in query: {operator} cannot be used with '{field.path}'."
        )
    for value in condition.values:
        _check_value(value, field, operator)


def _check_value(value: str, field: Field, operator: str) -> None:
    if field.kind == ENUM and operator not in OF_PATTERNS and value not in field.values:
        raise query_error("BAD_ENUM_CONSTANT", f"Invalid enum value in the WHERE clause: '{value}'.")
    if operator.endswith("REGEXP_MATCH"):
        try:
            re.compile(value)
        except re.error:
            raise query_error("BAD_VALUE", f"Invalid regular expression: '{value}'.") from None
    if field.is_number:
        try:
            float(value)
        except ValueError:
            raise query_error("BAD_NUMBER", f"Invalid number in the WHERE clause: '{value}'.") from None
