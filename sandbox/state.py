"""What every stand-in shares: the world, the faults, and the gate between reading and time."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

from sandbox.faults import Faults

log = logging.getLogger(__name__)

Shared = TypeVar("Shared")


class Gate:
    """Many may read the world at once; its clock moves only while nobody reads.

    A reader may let go on another thread than it came in on: a bulk operation is created by a request and
    read by a worker, and what it reads is the state of its creation.
    """

    def __init__(self) -> None:
        self._readers = 0
        self._free = threading.Condition()

    def enter(self) -> None:
        """Begin to read."""
        with self._free:
            self._readers += 1

    def leave(self) -> None:
        """Have read."""
        with self._free:
            self._readers -= 1
            self._free.notify_all()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The world stands still inside."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Nobody reads inside."""
        with self._free:
            self._free.wait_for(lambda: self._readers == 0)
            yield


class WrongSetting(ValueError):
    """A setting that a stand-in does not have, or a value it cannot take."""


class Vendor(ABC):
    """A vendor's stand-in, mounted by the server."""

    name: str

    @abstractmethod
    def __init__(self, sandbox: "Sandbox", **options: Any) -> None:
        """Stand in front of the sandbox's world; `options` are for all vendors, each takes what it knows."""

    @abstractmethod
    def routes(self) -> list[Any]:
        """The vendor's paths, as Starlette routes."""


class Platform(Vendor):
    """The stand-in of a vendor that stores of the world are at."""

    @abstractmethod
    def identify(self, kind: str, number: int) -> str:
        """The vendor's id of a thing of the business: an Order, a Product, a Customer."""

    @abstractmethod
    def secrets(self, store: str) -> dict[str, str]:
        """What a loader needs to get into a store, by the name of each secret."""

    @abstractmethod
    def orders(self, store: str) -> Collection[int]:
        """The ids of the orders that exist in a store now."""

    @abstractmethod
    def intervene(self, store: str, asked: dict[str, Any]) -> list[int]:
        """Let something happen to orders now, as `/control/orders` was asked to; returns their ids."""

    @abstractmethod
    def settings(self, store: str) -> dict[str, Any]:
        """The switchable settings of a store."""

    @abstractmethod
    def configure(self, store: str, given: dict[str, Any]) -> None:
        """Change settings of a store, or raise `WrongSetting`."""

    @abstractmethod
    def reset(self, store: str) -> None:
        """Put the settings of a store back as they were at the start."""


class MarketingPlatform(Vendor):
    """The stand-in of a vendor that watches or advertises: its accounts are no stores of the world."""

    @abstractmethod
    def accounts(self) -> Collection[str]:
        """The names of its accounts."""

    @abstractmethod
    def secrets(self, account: str, *, address: str) -> dict[str, str]:
        """What a loader needs to read an account, by the name of each secret.

        `address` is where the sandbox was called, without a slash at its end: some keys say where to go.
        """

    @abstractmethod
    def settings(self, account: str) -> dict[str, Any]:
        """The switchable settings of an account."""

    @abstractmethod
    def configure(self, account: str, given: dict[str, Any]) -> None:
        """Change settings of an account, or raise `WrongSetting`."""

    @abstractmethod
    def reset(self, account: str) -> None:
        """Put an account back as it was at the start: settings, tokens, used quota."""


def chosen(known: Collection[int], wanted: Any) -> list[int]:
    """Orders as a control names them: by their ids, whatever stands before the number, or so many latest."""
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        return sorted(known)[-wanted:] if wanted > 0 else []
    if not isinstance(wanted, list):
        raise WrongSetting(f"orders are a list of ids or how many of the latest, not {wanted!r}")
    return [int(str(each).rsplit("/", 1)[-1]) for each in wanted]


@dataclass
class Sandbox:
    """A running practice shop."""

    world: Any
    seed: int = 7
    faults: Faults = field(default_factory=Faults)
    gate: Gate = field(default_factory=Gate)
    moved: list[Callable[[], None]] = field(default_factory=list)  # called after the clock has moved
    _shared: dict[type, Any] = field(default_factory=dict)

    def share(self, kind: type[Shared]) -> Shared:
        """The one thing of a kind that several stand-ins of one vendor have in common."""
        return cast(Shared, self._shared.setdefault(kind, kind()))

    def now(self) -> datetime:
        """The sandbox's present."""
        present: datetime = self.world.clock
        return present

    def advance(self, to: datetime) -> None:
        """Let the business live on until `to`."""
        with self.changing():
            self.world.advance(to)
        log.info("the clock is now %s", self.now().isoformat())

    def intervene(self, store: str, events: Mapping[int, Any]) -> list[int]:
        """Let something unplanned happen to orders now, by id; returns the ids."""
        with self.changing():
            for order, event in events.items():
                self.world.intervene(store, order, event)
        return list(events)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Nobody reads inside; afterwards every stand-in looks at the world anew."""
        with self.gate.moving():
            try:
                yield
            finally:  # what happened before an error has happened
                for listener in self.moved:
                    listener()
