"""Faults in the objects of an answer: what a vendor changes without telling."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sandbox.shopify.render.base import when

Alter = Callable[[dict[str, Any]], dict[str, Any]]


def alteration(shop: Any, text: str) -> Alter | None:
    """The change that switched-on faults make to every object, or None."""
    steps: list[Alter] = []
    for kind, make in MAKERS.items():
        options = shop.fault(kind, text=text)
        if options:
            steps.append(make(options))
    if not steps:
        return None

    def alter(shown: dict[str, Any]) -> dict[str, Any]:
        for step in steps:
            shown = step(shown)
        return shown

    return alter


def _unknown_field(options: dict[str, Any]) -> Alter:
    return lambda shown: {**shown, options["name"]: options["value"]}


def _changed_type(options: dict[str, Any]) -> Alter:
    name = options["field"]

    def alter(shown: dict[str, Any]) -> dict[str, Any]:
        if name in shown:
            value = shown[name]
            return {**shown, name: {"value": value} if isinstance(value, str) else str(value)}
        return shown

    return alter


def _later(options: dict[str, Any]) -> Alter:
    met = 0

    def alter(shown: dict[str, Any]) -> dict[str, Any]:
        nonlocal met
        if "updatedAt" not in shown or "__parentId" in shown:
            return shown
        met += 1
        if met % options["every"]:
            return shown
        later = datetime.fromisoformat(shown["updatedAt"]) + timedelta(seconds=options["seconds"])
        return {**shown, "updatedAt": when(later)}

    return alter


def _null_character(options: dict[str, Any]) -> Alter:
    name = options["field"]
    return lambda shown: {**shown, name: "a\x00b"} if name in shown else shown


MAKERS: dict[str, Callable[[dict[str, Any]], Alter]] = {
    "unknown_field": _unknown_field,
    "changed_type": _changed_type,
    "changed_between_reads": _later,
    "null_character": _null_character,
}


def blanked(value: Any, name: str, *, path: list[Any]) -> list[list[Any]]:
    """Set every field called `name` to null; returns their paths."""
    if isinstance(value, list):
        return [
            found for place, each in enumerate(value) for found in blanked(each, name, path=[*path, place])
        ]
    if not isinstance(value, dict):
        return []
    found = []
    for key in list(value):
        if key == name and value[key] is not None:
            value[key] = None
            found.append([*path, key])
        else:
            found += blanked(value[key], name, path=[*path, key])
    return found


def altered(value: Any, alter: Alter) -> Any:
    """The same answer with every object that has an id changed by `alter`."""
    if isinstance(value, list):
        return [altered(each, alter) for each in value]
    if isinstance(value, dict):
        inner = {key: altered(each, alter) for key, each in value.items()}
        return alter(inner) if "id" in inner else inner
    return value
