"""Figures by what they are of, from marts and from what happened, and every one that differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.end_to_end.house import query

Key = tuple[Any, ...]
Figures = dict[Key, tuple[Any, ...]]


def read(statement: str, *, key: int) -> Figures:
    """The rows of marts: the first `key` columns say what a row is of, the others are its figures."""
    found: Figures = {}
    for row in query(statement):
        values = tuple(row.values())
        assert values[:key] not in found, f"twice: {values[:key]}"
        found[values[:key]] = values[key:]
    return found


def differences(what: str, truth: Mapping[Key, Any], ours: Mapping[Key, Any]) -> list[str]:
    """Every row that is another one, or that only one side has."""
    return [
        f"{what} {key}: truth {truth.get(key)}, marts {ours.get(key)}"
        for key in sorted(truth.keys() | ours.keys(), key=str)
        if truth.get(key) != ours.get(key)
    ]
