"""API versions: four stable ones are served; any other falls forward to the oldest of them."""

import re

from sandbox.shopify.engine.errors import ErrorBody
from sandbox.shopify.engine.selection import Pick

SUPPORTED = ("2026-01", "2026-04", "2026-07", "2026-10")
NAMED = re.compile(r"\d{4}-\d{2}$")


def served(asked: str) -> str | None:
    """The version that answers a request for `asked`; None where that is no version at all."""
    if asked in SUPPORTED or asked == "unstable":
        return asked
    return SUPPORTED[0] if NAMED.match(asked) else None


# Fields that came after the oldest served version.
SINCE = {
    ("InventoryLevel", "isActive"): "2026-04",
    ("ShopifyqlQueryResponse", "parseWarnings"): "2026-10",
}


def fields_of_later_versions(picks: list[Pick], version: str) -> list[ErrorBody]:
    """The errors of fields that `version` does not have yet."""
    errors: list[ErrorBody] = []
    for pick in picks:
        if SINCE.get((pick.parent, pick.name), "") > version:
            errors.append(unknown_field(pick))
        for branch in pick.branches.values():
            errors += fields_of_later_versions(branch, version)
    return errors


def unknown_field(pick: Pick) -> ErrorBody:
    """The error of a field that the answering version does not know."""
    place = pick.nodes[0].loc.start_token if pick.nodes[0].loc else None
    return {
        "message": f"Field '{pick.name}' doesn't exist on type '{pick.parent}'",
        "locations": [{"line": place.line, "column": place.column}] if place else [],
        "extensions": {"code": "undefinedField", "typeName": pick.parent, "fieldName": pick.name},
    }
