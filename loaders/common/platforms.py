"""The folders of `loaders/`: a platform is the package of its name."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from loaders.common.errors import AccountMisconfigured


def platform_module(platform: str) -> Any:
    """The folder of a platform; an unknown one is a mistake of the caller's."""
    if not platform.isidentifier() or platform == "common":
        raise _no_platform(platform)
    try:
        return importlib.import_module(f"loaders.{platform}")
    except ModuleNotFoundError as error:
        if error.name != f"loaders.{platform}":
            raise
        raise _no_platform(platform) from None


def is_platform(platform: str) -> bool:
    """Whether there is a folder for it."""
    if not platform.isidentifier() or platform == "common":
        return False
    return importlib.util.find_spec(f"loaders.{platform}") is not None


def _no_platform(platform: str) -> AccountMisconfigured:
    return AccountMisconfigured(
        platform, "there is no such platform.", "Known platforms are the folders of loaders/."
    )
