"""Every figure of marketing against what really happened, as far as its platforms show it."""

from __future__ import annotations

from tests.end_to_end import advertising, analytics, matches, totals
from tests.end_to_end.figures import differences as between
from tests.end_to_end.happened import Happened


def differences(happened: Happened) -> list[str]:
    """Every figure that is not what happened: by ad, by session, by purchase, by order, by day."""
    return [
        difference
        for subject in (advertising, analytics, matches, totals)
        for what, truth, ours in subject.compared(happened)
        for difference in between(what, truth, ours)
    ]
