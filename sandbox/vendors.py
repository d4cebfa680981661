"""The vendors that the practice shop stands in for: every folder beside this page with a `STAND_IN`."""

import importlib
import pkgutil

import sandbox
from sandbox.state import Platform, Vendor


def vendors() -> dict[str, type[Vendor]]:
    """Their stand-ins, by name."""
    packages = (
        importlib.import_module(f"sandbox.{found.name}")
        for found in pkgutil.iter_modules(sandbox.__path__)
        if found.ispkg
    )
    stand_ins = (getattr(package, "STAND_IN", None) for package in packages)
    return {one.name: one for one in stand_ins if one}


def with_stores() -> list[str]:
    """The names of those that stores of the business are at."""
    return [name for name, one in vendors().items() if issubclass(one, Platform)]
