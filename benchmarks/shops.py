"""What a benchmark needs to know of a shop, whatever its platform; and landing its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import orjson

from benchmarks.history import START
from loaders.common import LoadReport, land_documents

ACCOUNT = "bench"
# From before the first order until after the last changed one.
FIXINGS = 9 * 366


class MakesOrders(Protocol):
    """Order `n` as its loader lands it, as JSON; with `returned_at` a later version, one unit returned."""

    def __call__(self, n: int, *, returned_at: datetime | None = None) -> bytes:
        """The document."""


@dataclass(frozen=True)
class Shop:
    """A shop: its platform, its documents, and the script that models them by hand."""

    platform: str
    order: MakesOrders
    # the same of about 2.9 KB, the size that other tools' published figures are about
    small_order: Callable[[int], bytes]
    # (resource, key of the id, documents) of everything that the orders belong to
    catalogue: Callable[[], Iterator[tuple[str, str, Iterable[bytes]]]]
    updated_at: str
    script: Path

    def land(self, orders: Iterable[bytes]) -> LoadReport:
        """Land order documents into the settings' database."""
        return land_documents(self.platform, ACCOUNT, "orders", orders, updated_at_key=self.updated_at)

    def fill(self, numbers: range) -> None:
        """Land the shop, its products, exchange rates, and the orders of these numbers."""
        for resource, id_key, found in self.catalogue():
            land_documents(
                self.platform, ACCOUNT, resource, found, id_key=id_key, updated_at_key=self.updated_at
            )
        land_documents("ecb", "reference", "exchange_rates", _rates(), id_key="date")
        self.land(self.order(n) for n in numbers)

    def write(self, path: Path, numbers: range) -> int:
        """Write small order documents as JSONL; the bytes written."""
        with path.open("wb", buffering=1 << 20) as sink:
            return sum(sink.write(self.small_order(n) + b"\n") for n in numbers)


def lines(path: Path) -> Iterator[bytes]:
    """The documents of a file, one by one."""
    with path.open("rb", buffering=1 << 20) as source:
        for line in source:
            yield line.rstrip(b"\n")


def _rates() -> Iterator[bytes]:
    """A fixing for every weekday; never the same on two days that follow each other."""
    first = START.date() - timedelta(days=7)
    for n in range(FIXINGS):
        day = first + timedelta(days=n)
        if day.weekday() < 5:
            yield orjson.dumps({"date": day.isoformat(), "rates": {"GBP": f"0.8{n % 1000:04}"}})
