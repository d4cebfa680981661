"""A practice shop for the benchmarks that ask a vendor, and the settings that reach it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.harness import console
from orchestration.cli import practice_shop
from warehouse import get_settings

URL = "http://127.0.0.1:8767"


@contextmanager
def running(orders: int) -> Iterator[practice_shop.PracticeShop]:
    """A practice shop of so many orders; inside, the settings name its accounts and their secrets."""
    folder = get_settings().data_dir / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    console.print(f"practice shop of {orders:,} orders")
    shop = practice_shop.start(["--orders", str(orders)], url=URL, log=folder / "practice-shop.log")
    accounts = folder / "accounts.toml"
    accounts.write_text(practice_shop.accounts(URL))
    before = dict(os.environ)
    try:
        os.environ |= practice_shop.environment(URL, accounts)
        get_settings.cache_clear()
        yield shop
    finally:
        os.environ.clear()
        os.environ.update(before)
        get_settings.cache_clear()
        if shop.process:
            shop.process.terminate()
            shop.process.wait(30)
