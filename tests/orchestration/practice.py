"""A small practice shop as a process of its own, and an accounts file that points at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.cli import practice_shop
from tests.conftest import free_port

STORES = ("harbour", "alpine", "kiwi")


@dataclass(frozen=True)
class Practice:
    """Where the shop listens, and what a loader needs to know of it."""

    url: str
    folder: Path

    @property
    def tokens(self) -> dict[str, str]:
        """The secrets of its accounts, by variable."""
        return {f"SHOPIFY_{name.upper()}_TOKEN": f"sandbox-{name}-token" for name in STORES}

    def accounts_file(self, *extra: str) -> Path:
        """An accounts file with the three stores and `extra` accounts whose tokens nobody has."""
        path = self.folder / "accounts.toml"
        path.write_text("\n".join(self._account(name) for name in (*STORES, *extra)))
        return path

    def _account(self, name: str) -> str:
        return f'[shopify.{name}]\nshop = "{name}.myshopify.com"\nbase_url = "{self.url}/shopify/{name}"\n'


@contextmanager
def running(folder: Path, *, orders: int) -> Iterator[Practice]:
    """Start a practice shop of so many orders; it ends with the block."""
    url = f"http://127.0.0.1:{free_port()}"
    shop = practice_shop.start(["--orders", str(orders)], url=url, log=folder / "practice-shop.log")
    assert shop.process is not None
    try:
        yield Practice(url, folder)
    finally:
        shop.process.terminate()
        shop.process.wait(timeout=30)


def without_secrets() -> dict[str, str]:
    """This process's environment without anything that could be a secret of an account."""
    return {name: value for name, value in os.environ.items() if not name.endswith(("_TOKEN", "_SECRET"))}
