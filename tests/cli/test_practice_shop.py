"""The demo's practice shop as a process: its past and its clock outlive it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from orchestration.cli import practice_shop
from orchestration.cli.errors import Refused
from orchestration.cli.main_job import load
from tests.conftest import free_port
from warehouse import get_settings


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SANDBOX_URL", f"http://127.0.0.1:{free_port()}")
    get_settings.cache_clear()
    yield get_settings().sandbox_url
    practice_shop.stop()
    monkeypatch.undo()
    get_settings.cache_clear()


def test_a_clock_that_was_moved_on_never_goes_back(url: str) -> None:
    now = datetime.now(UTC)
    first = practice_shop.ensure(60)
    assert str(first.health["clock"]) >= f"{now:%Y-%m-%d}T06:00:00Z"
    requests.post(f"{url}/control/clock", json={"advance_days": 2}, timeout=60).raise_for_status()
    moved = f"{datetime.fromisoformat(first.health['clock']) + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    again = practice_shop.ensure(60)
    assert again.health["clock"] == moved
    assert practice_shop.stop()
    restarted = practice_shop.ensure(60)
    assert (restarted.health["clock"], restarted.health["stores"]) == (moved, again.health["stores"])


def test_a_start_that_is_interrupted_is_known_all_the_same(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(practice_shop, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            practice_shop.ensure(60)
    note = json.loads((get_settings().data_dir / "practice-shop.json").read_text())
    assert (note["orders"], note["seed"]) == (60, 7)
    with pytest.raises(Refused, match="a practice shop of 60 orders"):
        practice_shop.ensure(61)


def test_a_start_that_fails_leaves_nothing_written_down(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(practice_shop, "START_SECONDS", 0)
        with pytest.raises(Refused, match="did not start"):
            practice_shop.ensure(60)
    assert not (get_settings().data_dir / "practice-shop.json").exists()


def test_an_accounts_file_that_is_not_toml_is_said(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    file.write_text("[shopify.a")
    with pytest.raises(Refused, match="is not TOML"):
        load({}, file)
