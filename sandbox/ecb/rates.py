"""Euro reference rates of a world that never was: a seeded walk of every currency around a likely level.

Which currencies there are, since when and until when, and with how many decimals, is as it was.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sandbox.ecb.calendar import FIRST_DAY, working_days

PULL = 0.004  # a day's share of the way back to the level


@dataclass(frozen=True, slots=True)
class Currency:
    """What one euro costs about, how much that moves in a day, and when it was quoted at all."""

    code: str
    level: float
    decimals: int
    restless: float = 0.0045
    since: date = FIRST_DAY
    until: date = date.max
    hole: tuple[date, date] | None = None  # days without a rate, both included

    def is_quoted(self, day: date) -> bool:
        """Whether there is a rate that day."""
        if not self.since <= day <= self.until:
            return False
        return self.hole is None or not self.hole[0] <= day <= self.hole[1]


APRIL_2005, JANUARY_2008 = date(2005, 4, 1), date(2008, 1, 2)
CURRENCIES = (
    Currency("USD", 1.16, 4),
    Currency("JPY", 142.0, 2, 0.006),
    Currency("BGN", 1.9558, 4, 0.0, date(2000, 7, 19), date(2025, 12, 31)),
    Currency("CYP", 0.5785, 5, 0.0006, until=date(2007, 12, 31)),
    Currency("CZK", 25.3, 3, 0.003),
    Currency("DKK", 7.46, 4, 0.0001),
    Currency("EEK", 15.6466, 4, 0.0, until=date(2010, 12, 31)),
    Currency("GBP", 0.83, 5, 0.004),
    Currency("HUF", 330.0, 2, 0.0045),
    Currency("LTL", 3.4528, 4, 0.0, until=date(2014, 12, 31)),
    Currency("LVL", 0.701, 4, 0.0015, until=date(2013, 12, 31)),
    Currency("MTL", 0.4293, 4, 0.0008, until=date(2007, 12, 31)),
    Currency("PLN", 4.25, 4, 0.004),
    Currency("ROL", 31_000.0, 0, 0.006, until=date(2005, 6, 30)),
    Currency("RON", 4.6, 4, 0.0025, date(2005, 7, 1)),
    Currency("SEK", 10.4, 4, 0.004),
    Currency("SIT", 230.0, 2, 0.0008, until=date(2006, 12, 29)),
    Currency("SKK", 38.0, 3, 0.003, until=date(2008, 12, 31)),
    Currency("CHF", 1.08, 4, 0.003),
    Currency("ISK", 140.0, 2, 0.005, hole=(date(2008, 12, 10), date(2018, 1, 31))),
    Currency("NOK", 9.9, 4, 0.0045),
    Currency("HRK", 7.5, 4, 0.0012, APRIL_2005, date(2022, 12, 30)),
    Currency("RUB", 60.0, 4, 0.008, APRIL_2005, date(2022, 3, 1)),
    Currency("TRL", 1_500_000.0, 0, 0.008, until=date(2004, 12, 31)),
    Currency("TRY", 9.0, 4, 0.009, date(2005, 1, 3)),
    Currency("AUD", 1.62, 4, 0.005),
    Currency("BRL", 4.6, 4, 0.008, JANUARY_2008),
    Currency("CAD", 1.48, 4, 0.0045),
    Currency("CNY", 7.9, 4, 0.0045, APRIL_2005),
    Currency("HKD", 9.0, 4, 0.0045),
    Currency("IDR", 15_500.0, 2, 0.005, APRIL_2005),
    Currency("ILS", 3.9, 4, 0.0045, date(2011, 1, 3)),
    Currency("INR", 83.0, 4, 0.0045, date(2009, 1, 2)),
    Currency("KRW", 1_400.0, 2, 0.005),
    Currency("MXN", 21.0, 4, 0.006, JANUARY_2008),
    Currency("MYR", 4.7, 4, 0.004, APRIL_2005),
    Currency("NZD", 1.74, 4, 0.005),
    Currency("PHP", 60.0, 3, 0.004, APRIL_2005),
    Currency("SGD", 1.56, 4, 0.004),
    Currency("THB", 38.5, 3, 0.004, APRIL_2005),
    Currency("ZAR", 16.5, 4, 0.007),
)


@dataclass(frozen=True, slots=True)
class Fixing:
    """One day's rates in the order of CURRENCIES: text with all decimals, null where there is none."""

    day: date
    rates: tuple[str | None, ...]


class Fixings:
    """All fixings from the first day on; those of a day are the same whenever they are asked for."""

    def __init__(self, seed: int) -> None:
        self._walks = [_walk(one, random.Random(f"{seed}:ecb:{one.code}")) for one in CURRENCIES]
        self._known: list[Fixing] = []

    def until(self, day: date) -> list[Fixing]:
        """Every fixing up to and including that day, oldest first."""
        if not self._known:
            self._fix(FIRST_DAY)
        for later in working_days(self._known[-1].day, day):
            self._fix(later)
        if self._known[-1].day <= day:
            return self._known
        return [one for one in self._known if one.day <= day]

    def _fix(self, day: date) -> None:
        levels = [next(walk) for walk in self._walks]
        rates = tuple(
            f"{level:.{one.decimals}f}" if one.is_quoted(day) else None
            for one, level in zip(CURRENCIES, levels, strict=True)
        )
        self._known.append(Fixing(day, rates))


def _walk(currency: Currency, rng: random.Random) -> Iterator[float]:
    away = rng.gauss(0, 8 * currency.restless)
    while True:
        yield currency.level * math.exp(away)
        away += rng.gauss(0, currency.restless) - PULL * away
