"""Dagster's own state: below DATA_DIR, made once, quiet; and the command that starts the UI."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration import dbt_assets, instance
from orchestration.manifest import DBT
from warehouse import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_the_home_is_made_once_and_kept_up_to_date(settings: Settings) -> None:
    home = instance.home(settings)
    page = home / "dagster.yaml"
    before = page.stat().st_mtime_ns
    assert instance.home(settings) == home
    assert page.stat().st_mtime_ns == before, "nothing is written where nothing changed"
    page.write_text("telemetry: {enabled: true}")
    instance.home(settings)
    assert page.read_text() == instance.TEMPLATE.read_text()


def test_nothing_phones_home_and_one_build_runs_at_a_time(settings: Settings) -> None:
    with dg.DagsterInstance.from_config(str(instance.home(settings))) as dagster:
        assert not dagster.telemetry_enabled
        assert not dagster.nux_enabled
        assert dagster.run_monitoring_enabled
        assert dagster.get_concurrency_config().pool_config.default_pool_limit == 1
        assert Path(dagster.root_directory).is_relative_to(settings.data_dir.resolve())
    assert dbt_assets.models().op.pool == "dbt"


def test_dbt_is_found_without_a_path(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)
    assert dbt_assets.resource().dbt_executable == str(DBT)
    first = instance.environment(settings)["PATH"].split(os.pathsep)[0]
    assert Path(first) == Path(sys.executable).parent


def test_a_taken_port_is_refused_with_a_remedy(database: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "orchestration.dev", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
