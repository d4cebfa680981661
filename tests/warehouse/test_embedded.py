"""The embedded server: started once by two commands at once, and back after a kill -9."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.conftest import free_port
from warehouse import ROOT, EmbeddedServer, Settings, get_settings


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "warehouse", *words],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("own")
    for parent in [folder, *folder.parents]:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    environment = {"DATA_DIR": str(folder), "WAREHOUSE_PORT": str(free_port())}
    yield environment
    run("stop", **environment)


def server(place: dict[str, str]) -> EmbeddedServer:
    settings = Settings(data_dir=Path(place["DATA_DIR"]), warehouse_port=int(place["WAREHOUSE_PORT"]))
    return EmbeddedServer(settings)


def test_two_commands_at_once_start_one_server(place: dict[str, str]) -> None:
    words = [sys.executable, "-m", "warehouse", "start"]
    both = [subprocess.Popen(words, cwd=ROOT, env={**os.environ, **place}) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert server(place).running_port() == int(place["WAREHOUSE_PORT"])
    assert "running" in run("status", **place).stdout
    assert run("stop", **place).stdout.strip() == "warehouse stopped"
    assert run("status", **place).returncode == 1


def test_survives_kill_9_with_its_data(place: dict[str, str]) -> None:
    assert run("start", **place).returncode == 0
    address = run("url", **place).stdout.strip()
    with psycopg2.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("create table kept as select 42 as answer")
    pid = int((server(place).cluster / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    again = run("start", **place)
    assert again.returncode == 0, again.stderr
    with psycopg2.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("select answer from kept")
        assert cursor.fetchone() == (42,)


def test_a_cluster_half_made_is_made_again(place: dict[str, str]) -> None:
    half_made = server(place).cluster
    half_made.mkdir(parents=True)
    (half_made / "base").mkdir()
    assert run("start", **place).returncode == 0


def test_a_taken_port_is_said_with_the_remedy(place: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(place["WAREHOUSE_PORT"]))):
        refused = run("start", **place)
    assert refused.returncode == 1
    assert "taken by another program" in refused.stderr
    assert "WAREHOUSE_PORT=" in refused.stderr


def test_listens_on_loopback_with_a_password(server: Settings) -> None:
    assert get_settings().warehouse_host == "127.0.0.1"
    wrong = f"postgresql://reader:wrong@127.0.0.1:{server.warehouse_port}/countinghouse"
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(wrong)
