"""What a platform says about each of its resources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Resource:
    """One resource = one raw table; how it changes decides what a run asks for.

    cursor: only what changed since the last window is asked for. whole: everything is read every time,
    because a change leaves no mark. days: days are read again for as long as the vendor restates them.
    """

    name: str
    description: str
    changes: Literal["cursor", "whole", "days"]
    scopes: tuple[str, ...] = ()
    # Whether the house can do without it where a scope is missing: it is skipped with a warning then.
    optional: bool = False
    deletions: Literal["never", "events", "sweep"] = "never"
    # Whether its one document says which shop this is.
    identity: bool = False
    # Not read by a plain load: only where it is named, for days that the caller gives.
    on_demand: bool = False
