"""The embedded server: started once by two commands at once, and back after a kill -9."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

import warehouse
from tests.conftest import free_port
from warehouse import ROOT, EmbeddedServer, Settings, WarehouseError, get_settings


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "warehouse", *words],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def place() -> Iterator[dict[str, str]]:
    # Not below pytest's own folder: each test run that starts on the machine closes that to all other users,
    # and the server may be one.
    with tempfile.TemporaryDirectory(prefix="countinghouse-own-") as folder:
        Path(folder).chmod(0o755)
        environment = {"DATA_DIR": folder, "WAREHOUSE_PORT": str(free_port())}
        yield environment
        run("delete", **environment)


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


def test_a_killed_server_whose_number_is_another_programs_comes_back(place: dict[str, str]) -> None:
    assert run("start", **place).returncode == 0
    here = server(place)
    pid_file = here.cluster / "postmaster.pid"
    pid, rest = pid_file.read_text().split("\n", 1)
    os.kill(int(pid), signal.SIGKILL)
    with subprocess.Popen(["sleep", "300"], user=here.user) as other:
        pid_file.write_text(f"{other.pid}\n{rest}")
        again = run("start", **place)
        other.kill()
    assert again.returncode == 0, again.stderr
    assert run("status", **place).returncode == 0
    assert int(pid_file.read_text().split("\n", 1)[0]) not in (int(pid), other.pid)


def test_a_cluster_half_made_is_made_again(place: dict[str, str]) -> None:
    half_made = server(place).cluster
    half_made.mkdir(parents=True)
    (half_made / "base").mkdir()
    assert run("start", **place).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: anybody else runs the server as themselves")
def test_lives_elsewhere_where_its_user_cannot_enter_the_folder(place: dict[str, str]) -> None:
    Path(place["DATA_DIR"]).chmod(0o700)
    started = run("start", **place)
    assert started.returncode == 0, started.stderr
    moved = server(place)
    assert not moved.home.is_relative_to(place["DATA_DIR"])
    assert str(moved.home) in started.stderr
    deleted = run("delete", **place)
    assert deleted.returncode == 0, deleted.stderr
    assert not moved.home.exists()


def test_a_taken_port_is_said_with_the_remedy(place: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        says_taken(run("start", **{**place, "WAREHOUSE_PORT": str(port)}), port)


def test_a_port_that_is_taken_in_the_last_moment_is_said_too(place: dict[str, str]) -> None:
    # Bound, but not listening: nobody answers there, and the server cannot have it.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        says_taken(run("start", **{**place, "WAREHOUSE_PORT": str(port)}), port)
    assert run("start", **place).returncode == 0


def says_taken(refused: subprocess.CompletedProcess[str], port: int) -> None:
    assert refused.returncode == 1, refused.stderr
    assert f"Port {port} on 127.0.0.1 is taken by another program" in refused.stderr, refused.stderr
    assert f"WAREHOUSE_PORT={port + 1}" in refused.stderr


@pytest.mark.parametrize("folder", [ROOT, ROOT.parent, Path.home(), Path("/")], ids=str)
def test_a_data_folder_that_holds_more_than_data_is_not_deleted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: pytest.fail("deleted"))
    monkeypatch.setattr(EmbeddedServer, "stop", lambda _: pytest.fail("stopped"))
    with pytest.raises(WarehouseError, match="nothing is deleted"):
        warehouse.delete(Settings(data_dir=folder))


def test_listens_on_loopback_with_a_password(server: Settings) -> None:
    assert get_settings().warehouse_host == "127.0.0.1"
    wrong = f"postgresql://reader:wrong@127.0.0.1:{server.warehouse_port}/countinghouse"
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(wrong)
