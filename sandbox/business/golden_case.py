"""The shape of a golden case: what happens, and what is right about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sandbox.business.scripted import ScriptedOrder
from sandbox.business.webshop.scripted import ScriptedShopOrder

Days = dict[date, dict[str, Decimal | int]]


@dataclass(slots=True, frozen=True)
class GoldenCase:
    """What must come out: per store-day as booked, and per order by the names of its totals."""

    id: str
    store: str
    sentence: str
    orders: tuple[ScriptedOrder | ScriptedShopOrder, ...]
    days: Days
    order_totals: dict[int, dict[str, Decimal]]


def amounts(**values: str | int) -> dict[str, Decimal | int]:
    """Measures of a day: money as text, counts as numbers."""
    return {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
