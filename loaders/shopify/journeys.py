"""The visits before an order: whether they may be read, and which orders still have to be read for theirs.

Shopify puts them together after the order came in, and no time of the order moves by it: orders that were
read too early are remembered in the resource's state and read once more by the next run. An app that may not
see visits reads every order without them; the first run that may see them begins where that began.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from loaders.common.errors import MissingScope
from loaders.common.windows import PARTLY, Request, State, Window, cursor
from loaders.shopify import queries, settings
from loaders.shopify.client import Client
from loaders.shopify.documents import moment
from loaders.shopify.selections import JOURNEY_FIELD

log = logging.getLogger(__name__)
Json = dict[str, Any]
# Key of the resource's state: orders that were read before their visits were there.
EARLY = "without_visits"


@dataclass
class Journeys:
    """The visits that one run reads. `early` are its orders whose visits are not there yet."""

    state: State = field(default_factory=dict)
    request: Request = field(default_factory=Request)
    label: str = ""
    are_visible: bool = True
    early: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, client: Client, state: State, request: Request, warn: Callable[[str], None]) -> Journeys:
        """Whether the app was approved to see visits; without it orders are read all the same."""
        try:
            client.ask(queries.FIRST_JOURNEY)
        except MissingScope as error:
            warn(
                f"orders are read without the visits that brought them: {error.cause} {error.remedy} The "
                "first load after that reads these orders once more, with their visits."
            )
            return cls(state, request, client.label, are_visible=False)
        return cls(state, request, client.label, are_visible=True)

    def window(self, window: Window) -> Window:
        """The window, and what was read without visits since they could not be seen."""
        since = cursor(self.state, PARTLY)
        if not self._makes_up or since is None or window.since is None:
            return window
        log.info("%s: orders that changed since %s are read again, with their visits", self.label, since)
        return replace(window, since=min(window.since, since - settings.OVERLAP))

    def note(self, head: Json, at: datetime) -> None:
        """An order was read whole; one that never gets its visits is not waited for longer than they take."""
        identity = str(head["id"])
        self._read.add(identity)
        if not self.are_visible:
            self._note_partly(moment(head["updatedAt"]))
            return
        journey, placed = head.get(JOURNEY_FIELD), moment(head.get("createdAt"))
        is_new = placed is not None and at - placed < settings.JOURNEY_PATIENCE
        if journey and not journey.get("ready") and is_new:
            self.early.add(identity)

    @property
    def waiting(self) -> list[str]:
        """Orders that earlier runs read too early, and this one not again."""
        return sorted(set(self.state.get(EARLY, ())) - self._read) if self._makes_up else []

    def settle(self, unsettled: datetime | None) -> None:
        """All of the window was read, but for orders that changed at `unsettled` or later."""
        if not self._makes_up:
            return
        self.state[EARLY] = sorted(self.early)
        if PARTLY in self.state and unsettled:
            self.state[PARTLY] = unsettled.isoformat()
        else:
            self.state.pop(PARTLY, None)

    @property
    def _makes_up(self) -> bool:
        """Whether this run reads what earlier ones could not."""
        return self.are_visible and not self.request.is_explicit

    def _note_partly(self, changed: datetime | None) -> None:
        since = cursor(self.state, PARTLY)
        if changed and (since is None or changed < since):
            self.state[PARTLY] = changed.isoformat()
