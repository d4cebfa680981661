"""Faults in the objects of an answer: what a vendor changes without telling."""

from collections.abc import Callable, Mapping
from typing import Any

Alter = Callable[[dict[str, Any]], dict[str, Any]]
Maker = Callable[[dict[str, Any]], Alter]
Take = Callable[[str], dict[str, Any] | None]


def alteration(take: Take, more: Mapping[str, Maker] | None = None) -> Alter | None:
    """The change that switched-on faults make to every object, or None; `more` are a vendor's own."""
    steps: list[Alter] = []
    for kind, make in {**MAKERS, **(more or {})}.items():
        options = take(kind)
        if options:
            steps.append(make(options))
    if not steps:
        return None

    def alter(shown: dict[str, Any]) -> dict[str, Any]:
        for step in steps:
            shown = step(shown)
        return shown

    return alter


def altered(value: Any, alter: Alter) -> Any:
    """The same answer with every object that has an id changed by `alter`."""
    if isinstance(value, list):
        return [altered(each, alter) for each in value]
    if isinstance(value, dict):
        inner = {key: altered(each, alter) for key, each in value.items()}
        return alter(inner) if "id" in inner else inner
    return value


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


def _null_character(options: dict[str, Any]) -> Alter:
    name = options["field"]
    return lambda shown: {**shown, name: "a\x00b"} if name in shown else shown


def _blank_field(options: dict[str, Any]) -> Alter:
    name = options["field"]
    return lambda shown: {**shown, name: ""} if name in shown else shown


MAKERS: Mapping[str, Maker] = {
    "unknown_field": _unknown_field,
    "changed_type": _changed_type,
    "blank_field": _blank_field,
    "null_character": _null_character,
}
