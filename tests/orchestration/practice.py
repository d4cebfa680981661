"""A small practice shop as a process of its own, and an accounts file that points at it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.cli import practice_shop
from orchestration.platforms import platforms
from tests.conftest import free_port

STORES = ("harbour", "alpine", "kiwi")
SECRETS = ("_TOKEN", "_KEY", "_SECRET", "_CREDENTIALS", "_CLIENT_ID")


@dataclass(frozen=True)
class Practice:
    """Where the shop listens, and what a loader needs to know of it."""

    url: str
    folder: Path

    @property
    def secrets(self) -> dict[str, str]:
        """The secrets of its accounts, by variable."""
        file = self.folder / "known.toml"
        file.write_text(self._accounts())
        found = practice_shop.environment(self.url, file)
        return {name: value for name, value in found.items() if name.endswith(SECRETS)}

    def accounts_file(self, *extra: str) -> Path:
        """An accounts file with its accounts and `extra` ones of Shopify whose tokens nobody has."""
        path = self.folder / "accounts.toml"
        more = [f'[shopify.{name}]\nshop = "{name}.example"\n' for name in extra]
        path.write_text("\n".join([self._accounts(), *more]))
        return path

    @property
    def few(self) -> dict[str, dict[str, dict[str, str]]]:
        """All of its shops, and one account of every other platform: by platform and name, their options."""
        shops = {one.name for one in platforms() if one.is_shop}
        known = tomllib.loads(self._accounts())
        return {
            platform: dict(list(named.items())[: None if platform in shops else 1])
            for platform, named in known.items()
        }

    def few_accounts_file(self) -> Path:
        """An accounts file with those."""
        path = self.folder / "few-accounts.toml"
        lines = []
        for platform, named in self.few.items():
            for name, options in named.items():
                lines += [f"[{platform}.{name}]", *(f'{key} = "{value}"' for key, value in options.items())]
        path.write_text("\n".join([*lines, ""]))
        return path

    def _accounts(self) -> str:
        return practice_shop.accounts(self.url)


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
    return {name: value for name, value in os.environ.items() if not name.endswith(SECRETS)}
