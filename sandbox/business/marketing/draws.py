"""Chance by key: the numbers of one visit, click or order are its own and cost a single hash."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from struct import unpack
from typing import Generic, TypeVar

T = TypeVar("T")
WHOLE = 2**32


class Weighted(Generic[T]):
    """Things to choose from, some more often than others."""

    __slots__ = ("_so_far", "things")

    def __init__(self, things: Iterable[tuple[T, float]]) -> None:
        pairs = [(thing, weight) for thing, weight in things if weight > 0]
        self.things: Sequence[T] = [thing for thing, _ in pairs]
        self._so_far = list(accumulate(weight for _, weight in pairs))

    def at(self, number: float) -> T:
        """The thing at that place between 0 and 1."""
        return self.things[bisect_right(self._so_far, number * self._so_far[-1])]


class Draws:
    """Numbers that depend on the key alone, always in the same order."""

    __slots__ = ("_key", "_numbers", "_round")

    def __init__(self, key: str) -> None:
        self._key, self._round = key, 0
        self._numbers: list[int] = []

    def number(self) -> float:
        """From 0 up to, not including, 1."""
        if not self._numbers:
            text = f"{self._key}:{self._round}".encode()
            self._numbers = list(unpack("<16I", blake2b(text, digest_size=64).digest()))
            self._round += 1
        return self._numbers.pop() / WHOLE

    def chance(self, likelihood: float) -> bool:
        """Whether something happens that happens so often."""
        return self.number() < likelihood

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, `end`."""
        return int(self.number() * end)

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self.number()

    def about(self, expected: float) -> int:
        """A whole number that is the expected one on average."""
        return int(expected + self.number())

    def pick(self, choices: Weighted[T]) -> T:
        """One of them."""
        return choices.at(self.number())

    def text(self, length: int) -> str:
        """So many hexadecimal digits, as ids of clicks and visitors have them."""
        found = ""
        while len(found) < length:
            found += f"{int(self.number() * WHOLE):08x}"
        return found[:length]


@lru_cache(maxsize=4096)
def spread(low: float, high: float, key: str) -> float:
    """A number that belongs to a key for good, such as how well an ad does."""
    return Draws(key).between(low, high)
