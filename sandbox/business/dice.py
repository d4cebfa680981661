"""Dice that the planners of all kinds of stores throw."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime


def with_ties(moments: list[datetime], rng: random.Random) -> Iterator[datetime]:
    """Now and then two orders come in the same second, which readers that page by time have to survive."""
    last: datetime | None = None
    for at in moments:
        last = last if last is not None and rng.random() < 0.02 else at
        yield last


def about(expected: float, rng: random.Random) -> int:
    """A whole number that is the expected one on average."""
    return int(expected + rng.random())
