"""Faults in the objects of an answer that only this vendor has."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox import spoiling
from sandbox.shopify.render.base import when
from sandbox.spoiling import Alter, Maker


def alteration(shop: Any, text: str) -> Alter | None:
    """The change that switched-on faults make to every object, or None."""
    return spoiling.alteration(lambda kind: shop.fault(kind, text=text), MAKERS)


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


MAKERS: Mapping[str, Maker] = {"changed_between_reads": _later}


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
