"""The European Central Bank's euro reference rates, from its public files into `raw_ecb`.

What: `exchange_rates`, one document per fixing day. Why loading twice is harmless: the log is append-only and
a day whose rates are those of its latest landed version is not landed again, however they are written.

    first load, --full, a gap of more than 90 days ─► zipped table of all days ─┐
    every other run ─► XML of the last 90 days ─────────────────────────────────┴─► raw_ecb.exchange_rates
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.ecb.client import Client
from loaders.ecb.expectations import EXPECTATIONS
from loaders.ecb.source import RESOURCES, Ecb

# Everybody's rates are the same: there is nothing to configure.
DEFAULT_ACCOUNTS: dict[str, dict[str, Any]] = {"reference": {}}

__all__ = ["DEFAULT_ACCOUNTS", "EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run."""
    client = Client.of(run.account)
    run.at_end(client.http.close)
    return Ecb(run, client).resources()
