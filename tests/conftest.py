"""One PostgreSQL server for the whole test run, one database per test that asks for it.

The server is the embedded one, in a folder and on a port of its own, so that a test run never touches the
warehouse that `make demo` or `make run` fills. The controller starts and stops it; xdist's workers inherit
its address through the environment.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

import warehouse
from warehouse import Settings, get_settings

SHARED = warehouse.ROOT.parent / "shared"


def free_port() -> int:
    """A loopback port that nobody listens on right now.

    From below the range that systems give to outgoing connections: whoever asked for it may start minutes
    later, and meanwhile the tests beside it open thousands of those.
    """
    while True:
        port = random.SystemRandom().randint(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                continue
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def pytest_configure(config: pytest.Config) -> None:
    # A shell's background job ignores Ctrl-C, and so would the commands that the tests interrupt.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        return
    for name in (
        "DATABASE_URL",
        "WAREHOUSE_DATABASE",
        "WAREHOUSE_PASSWORD",
        "WAREHOUSE_HOST",
        "ACCOUNTS_FILE",
    ):
        os.environ.pop(name, None)
    folder = Path(tempfile.mkdtemp(prefix="countinghouse-test-"))
    folder.chmod(0o755)  # the server may run as another user than ourselves
    os.environ |= {"DATA_DIR": str(folder), "WAREHOUSE_PORT": str(free_port())}
    get_settings.cache_clear()


# Minutes each: begun last, they would keep one worker busy while the others have nothing left to do.
SLOWEST = (
    "end_to_end/test_tie_out.py",
    "end_to_end/test_sixty_days.py",
    "dbt/test_people.py",
    "dbt/test_incremental_equals_full.py",
    "end_to_end/test_truth.py",
    "end_to_end/test_replay.py",
    "browser/test_materialize_all.py",
    "dbt/test_currency.py",
    "dbt/test_web_revenue.py",
    "dbt/test_publication.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    rank = {str(folder / name): number for number, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(str(item.path), len(rank)))


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    get_settings.cache_clear()
    warehouse.delete()


@pytest.fixture(scope="session")
def server() -> Settings:
    """The test server, running."""
    get_settings.cache_clear()
    warehouse.start()
    return get_settings()


@pytest.fixture
def database(server: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A warehouse of its own for one test: roles, schemas and grants made, nothing in it."""
    yield from new_database(monkeypatch)


def new_database(monkeypatch: pytest.MonkeyPatch, name: str = "") -> Iterator[Settings]:
    """Make a database, use it in the settings, drop it afterwards; its name is new where none is given."""
    name = name or f"test_{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("WAREHOUSE_DATABASE", name)
    get_settings.cache_clear()
    warehouse.start()
    yield get_settings()
    admin = warehouse.connect("owner", "postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
    admin.close()
    monkeypatch.undo()
    get_settings.cache_clear()


def shared_path(*parts: str) -> Path:
    """A file of the reference material beside the project; skips the test, visibly, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs reference data: {'/'.join(parts)} is not there")
    return path
