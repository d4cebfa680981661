"""Loads from the practice shop's stand-ins for Google's APIs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from loaders.common import LoadReport, load
from sandbox.business.world import build_world
from sandbox.running import Running, running
from sandbox.state import MarketingPlatform
from tests.loaders.landed import Landed
from warehouse import get_settings

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)


@dataclass(kw_only=True)
class GooglePractice(Landed):
    """One account of one of Google's stand-ins, and the warehouse it loads into."""

    here: Running
    platform: str
    account_id: str
    accounts_file: Path
    monkeypatch: pytest.MonkeyPatch

    def load(self, *resources: str, **wanted: Any) -> LoadReport:
        return load(self.platform, self.account_id, resources=resources or None, **wanted)

    def truth(self, path: str) -> list[dict[str, Any]]:
        """What the business itself says."""
        answer = requests.get(f"{self.here.url}/truth/{path}", timeout=60)
        answer.raise_for_status()
        return list(answer.json())

    def fault(self, kind: str, **options: Any) -> None:
        self.here.sandbox.faults.add(kind, platform=self.platform, store=self.account_id, **options)

    def configure(self, **given: Any) -> None:
        vendor = self.here.server.vendors[self.platform]
        assert isinstance(vendor, MarketingPlatform)
        vendor.configure(self.account_id, given)
        self.take_secrets()

    def advance(self, **step: int) -> None:
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(**step))

    def take_secrets(self) -> None:
        """The secrets as the practice shop gives them out now."""
        address = f"{self.here.url}/control/secrets/{self.platform}/{self.account_id}"
        for what, value in requests.get(address, timeout=60).json().items():
            self.monkeypatch.setenv(f"{self.platform}_{self.account_id}_{what}".upper(), value)

    def account(self, **options: Any) -> None:
        address = {
            "base_url": f"{self.here.url}/{self.platform}",
            "token_url": f"{self.here.url}/google/token",
        }
        lines = [f'{name} = "{value}"' for name, value in {**address, **options}.items()]
        self.accounts_file.write_text(f"[{self.platform}.{self.account_id}]\n" + "\n".join(lines) + "\n")


@contextmanager
def practising(
    platform: str, account_id: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **options: Any
) -> Iterator[GooglePractice]:
    """The practice shop with `account_id` of `platform` in the accounts file."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    get_settings.cache_clear()
    with running(build_world(120, 7, AS_OF)) as here:
        found = GooglePractice(
            here=here, platform=platform, account_id=account_id, accounts_file=file, monkeypatch=monkeypatch
        )
        found.account(**options)
        found.take_secrets()
        yield found
