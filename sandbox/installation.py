"""Settings of an account that a control may change: a frozen dataclass, checked by the types in it."""

from dataclasses import asdict, replace
from typing import Any, TypeVar

from sandbox.state import WrongSetting

Settings = TypeVar("Settings")


def replaced(settings: Settings, given: dict[str, Any]) -> Settings:
    """The settings with what is given in place, or `WrongSetting`; a number is 0 or more."""
    known = asdict(settings)  # type: ignore[call-overload]
    unknown = set(given) - set(known)
    if unknown:
        raise WrongSetting(f"no such setting: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    for name, value in given.items():
        if type(value) is not type(known[name]) or (isinstance(value, int) and value < 0):
            raise WrongSetting(f"{name} is {type(known[name]).__name__}, not {value!r}")
    changed: Settings = replace(settings, **given)  # type: ignore[type-var]
    return changed
