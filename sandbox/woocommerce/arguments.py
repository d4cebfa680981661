"""The parameters a route knows, checked the way WordPress checks them; those it does not know are ignored.

All that is wrong with a request is said at once: `params` by name, `details` with a code each.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.woocommerce.errors import WpError
from sandbox.woocommerce.query import Parameters

DATE = re.compile(r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}(:\d{2})?)?$")
YES, NO = ("1", "true", "yes"), ("0", "false", "no", "")
Arguments = dict[str, Any]


class Wrong(ValueError):
    """A value that a parameter cannot take."""

    def __init__(self, code: str, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Argument(ABC):
    """One parameter of a route; `read` returns its value or raises `Wrong`."""

    default: Any = None

    @abstractmethod
    def read(self, name: str, value: Any) -> Any:
        """The value, checked."""


@dataclass(frozen=True)
class Integer(Argument):
    """A whole number, perhaps within bounds."""

    default: int | None = None
    least: int | None = None
    most: int | None = None

    def read(self, name: str, value: Any) -> int:
        """The number."""
        number = _integer(name, value)
        if self.least is not None and self.most is not None:
            if not self.least <= number <= self.most:
                raise _out_of_bounds(
                    f"{name} must be between {self.least} (inclusive) and {self.most} (inclusive)"
                )
        elif self.least is not None and number < self.least:
            raise _out_of_bounds(f"{name} must be greater than or equal to {self.least}")
        return number


@dataclass(frozen=True)
class Absolute(Argument):
    """A number that is made positive and never refused, and no more than `most`."""

    default: int | None = None
    most: int = 500  # so many decimals PHP prints

    def read(self, name: str, value: Any) -> int:
        """Its digits; text is 0."""
        digits = re.match(r"\s*-?(\d+)", str(value))
        return min(int(Decimal(digits[1])), self.most) if digits else 0


@dataclass(frozen=True)
class Moment(Argument):
    """A date with time as sent; a day alone, one of no calendar or a number of seconds is refused."""

    def read(self, name: str, value: Any) -> str:
        """The text, which has the right form."""
        try:
            if DATE.match(value):
                stated(value)
                return str(value)
        except (TypeError, ValueError):
            pass
        raise Wrong("rest_invalid_date", "Invalid date.")


@dataclass(frozen=True)
class Choice(Argument):
    """One of some words."""

    words: tuple[str, ...]
    default: str | None = None

    def read(self, name: str, value: Any) -> str:
        """The word."""
        if value not in self.words:
            raise Wrong(
                "rest_not_in_enum", f"{name} is not one of {_listed(self.words)}.", {"enum": list(self.words)}
            )
        return str(value)


@dataclass(frozen=True)
class Flag(Argument):
    """True or false."""

    default: bool = False

    def read(self, name: str, value: Any) -> bool:
        """What is meant."""
        text = str(value).lower()
        if text not in (*YES, *NO):
            raise _wrong_type(name, "boolean")
        return text in YES


@dataclass(frozen=True)
class Text(Argument):
    """Any text."""

    default: str | None = None

    def read(self, name: str, value: Any) -> str:
        """The text."""
        if isinstance(value, dict):
            raise _wrong_type(name, "string")
        return str(value)


@dataclass(frozen=True)
class Many(Argument):
    """Several values: `name[]=a&name[]=b` or `name=a,b`."""

    of: Argument
    default: tuple[Any, ...] = ()

    def read(self, name: str, value: Any) -> tuple[Any, ...]:
        """Each of them, checked."""
        parts = list(value.values()) if isinstance(value, dict) else re.split(r"[\s,]+", value.strip())
        return tuple(
            self.of.read(f"{name}[{n}]", part) for n, part in enumerate(part for part in parts if part)
        )


def stated(text: str) -> datetime:
    """A date with time to the second, aware where the text has an offset; `ValueError` if there is none.

    It stays a year away from the calendar's ends, so that every zone has it: clients send the year 1.
    """
    found = datetime.fromisoformat(text.replace(" ", "T").upper())
    return found.replace(year=min(max(found.year, 2), 9998), microsecond=0)


def read(known: Mapping[str, Argument], sent: Parameters) -> Arguments:
    """The values of the parameters a route knows, or status 400 with everything that is wrong."""
    values: Arguments = {}
    wrong: dict[str, Wrong] = {}
    for name, argument in known.items():
        if name not in sent:
            values[name] = argument.default
            continue
        try:
            values[name] = argument.read(name, sent[name])
        except Wrong as refused:
            wrong[name] = refused
    if wrong:
        raise _invalid(wrong)
    return values


def _invalid(wrong: dict[str, Wrong]) -> WpError:
    details = {name: {"code": one.code, "message": str(one), "data": one.data} for name, one in wrong.items()}
    return WpError(
        400,
        "rest_invalid_param",
        message=f"Invalid parameter(s): {', '.join(wrong)}",
        data={"params": {name: str(one) for name, one in wrong.items()}, "details": details},
    )


def _integer(name: str, value: Any) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"\s*[+-]?\d+(\.0*)?\s*", value):
        raise _wrong_type(name, "integer")
    return int(Decimal(value.strip()))


def _wrong_type(name: str, kind: str) -> Wrong:
    return Wrong("rest_invalid_type", f"{name} is not of type {kind}.", {"param": name})


def _out_of_bounds(message: str) -> Wrong:
    return Wrong("rest_out_of_bounds", message)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, and {words[-1]}"
