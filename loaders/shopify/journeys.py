"""The visits before an order: whether they may be read, and which orders still wait for theirs.

Shopify puts them together after the order came in, and no time of the order moves by it: orders that were
read too early are remembered in the resource's state and read once more by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loaders.common.errors import MissingScope
from loaders.shopify import queries, settings
from loaders.shopify.client import Client
from loaders.shopify.documents import moment
from loaders.shopify.selections import JOURNEY_FIELD

Json = dict[str, Any]


@dataclass
class Journeys:
    """Orders without their visits: `waiting` from earlier runs and not read in this one, `early` now."""

    waiting: set[str] = field(default_factory=set)
    early: set[str] = field(default_factory=set)

    @classmethod
    def known(cls, identities: Iterable[str]) -> Journeys:
        """With those that the last run remembered."""
        return cls(set(identities))

    def note(self, head: Json, at: datetime) -> None:
        """An order was read whole; one that never gets its visits is not waited for longer than they take."""
        identity = str(head["id"])
        self.waiting.discard(identity)
        journey, placed = head.get(JOURNEY_FIELD), moment(head.get("createdAt"))
        is_new = placed is not None and at - placed < settings.JOURNEY_PATIENCE
        if journey and not journey.get("ready") and is_new:
            self.early.add(identity)


def may_be_read(client: Client, warn: Callable[[str], None]) -> bool:
    """Whether the app was approved to see visits; without it orders are read all the same."""
    try:
        client.ask(queries.FIRST_JOURNEY)
    except MissingScope as error:
        warn(f"orders are read without the visits that brought them: {error.cause} {error.remedy}")
        return False
    return True
