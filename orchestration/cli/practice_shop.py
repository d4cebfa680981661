"""The practice shop as a process of ours: started once, kept between commands, stopped by `make stop`.

The shop's past must stay the same when it is started again on a later day, or the warehouse would see
other orders under known ids: so the first start is written down, and later starts begin there and move the
clock forward.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from orchestration.cli.errors import Refused
from orchestration.platforms import NAMES
from warehouse import ROOT, get_settings

SANDBOX = ROOT / "sandbox"
DEFAULT_URL = "http://127.0.0.1:8765"  # as written in the accounts files of its vendors
START_SECONDS = 180
STOP_SECONDS = 10


@dataclass(frozen=True)
class PracticeShop:
    """A running practice shop: its process (None where it ran already) and address."""

    url: str
    health: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None


def accounts(url: str = DEFAULT_URL) -> str:
    """The accounts of every platform that the practice shop stands in for, as TOML, pointing at `url`."""
    files = [SANDBOX / name / "accounts.toml" for name in NAMES]
    return "\n".join(path.read_text() for path in files if path.exists()).replace(DEFAULT_URL, url)


def accounts_file(url: str) -> Path:
    """The demo's accounts, pointing at a practice shop on `url`."""
    path = _folder() / "practice-shop-accounts.toml"
    path.write_text(accounts(url))
    return path


def environment(url: str, accounts_file: Path) -> dict[str, str]:
    """What the loaders need to reach the practice shop that runs on `url`: the accounts file, its secrets.

    The shop tells them itself: they are no secrets, and each vendor has kinds of its own.
    """
    accounts = tomllib.loads(accounts_file.read_text())
    secrets = {
        account.get(f"{what}_env", f"{platform}_{name}_{what}".upper()): secret
        for platform, named in accounts.items()
        for name, account in named.items()
        for what, secret in _secrets(url, f"{platform}/{name}", account).items()
    }
    return {"ACCOUNTS_FILE": str(accounts_file), "SANDBOX_URL": url, **secrets}


def _secrets(url: str, label: str, account: dict[str, Any]) -> dict[str, str]:
    """What opens an account of the practice shop; nothing where none is needed, or it points elsewhere.

    It may be called otherwise than the store it points at, as a replayed one is: then its address tells.
    """
    places = [value for value in account.values() if isinstance(value, str) and value.startswith(url)]
    for known in [label, *(place.rstrip("/").rpartition("/")[2] for place in places)] if places else []:
        answer = requests.get(f"{url}/control/secrets/{known}", timeout=10)
        if answer.ok:
            return dict(answer.json())
    return {}


def ensure(orders: int) -> PracticeShop:
    """The practice shop of the demo, with its clock at this morning; started where it does not run.

    A clock that was moved further stays there: what was loaded from its future would seem deleted else.
    """
    url = get_settings().sandbox_url
    known = _known()
    is_new = known is None
    if known is None:
        known = {"orders": orders, "seed": 7, "as_of": datetime.now(UTC).date().isoformat()}
    elif known["orders"] != orders:
        raise Refused(
            f"The warehouse was filled by a practice shop of {known['orders']} orders; "
            f"`make clean` before another of {orders}."
        )
    health = _health(url)
    if health is None:
        words = ["--orders", str(known["orders"]), "--seed", str(known["seed"]), "--as-of", known["as_of"]]
        # Before the start: one that is interrupted leaves a shop that goes on by itself.
        _note().write_text(json.dumps(known))
        try:
            health = start(words, url=url, log=_folder() / "practice-shop.log", pid_file=_pid_file()).health
        except Refused:
            if is_new:
                _note().unlink(missing_ok=True)
            raise
    elif not _pid_file().exists():
        raise Refused(f"Something else answers at {url}: set SANDBOX_URL to a free address in .env")
    today = f"{datetime.now(UTC).date().isoformat()}T06:00:00Z"
    to = max(today, str(health["clock"]), str(known.get("clock", "")))
    answer = requests.post(f"{url}/control/clock", json={"to": to}, timeout=120)
    answer.raise_for_status()
    _note().write_text(json.dumps({**known, "clock": to}))
    return PracticeShop(url=url, health=_health(url) or {})


def start(words: list[str], *, url: str, log: Path, pid_file: Path | None = None) -> PracticeShop:
    """Start a practice shop with the given arguments and wait until it answers."""
    port = url.rsplit(":", 1)[1].strip("/")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--port", port, *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    if pid_file:
        pid_file.write_text(str(process.pid))
    deadline = time.monotonic() + START_SECONDS
    while (health := _health(url)) is None:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise Refused(f"The practice shop did not start on {url}; its log is {log}")
        time.sleep(0.1)
    return PracticeShop(url=url, health=health, process=process)


def stop() -> bool:
    """Stop the demo's practice shop by the pid we wrote down; False where none of ours runs."""
    try:
        pid = int(_pid_file().read_text())
    except (OSError, ValueError):
        return False
    _pid_file().unlink()
    if "sandbox" not in _command_line(pid):
        return False  # the number belongs to another program by now
    url = get_settings().sandbox_url
    health, known = _health(url), _known()
    if health and known:
        _note().write_text(json.dumps({**known, "clock": health["clock"]}))
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _health(url) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    return True


def _health(url: str) -> dict[str, Any] | None:
    try:
        answer = requests.get(f"{url}/health", timeout=5)
        return dict(answer.json()) if answer.ok else None
    except (requests.RequestException, ValueError):
        return None


def _command_line(pid: int) -> str:
    try:
        listing = subprocess.run(
            ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return listing.stdout
    except FileNotFoundError:  # no ps: Linux tells by itself
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        return ""


def _known() -> dict[str, Any] | None:
    try:
        return dict(json.loads(_note().read_text()))
    except (OSError, ValueError):
        return None


def _folder() -> Path:
    folder = get_settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _note() -> Path:
    return _folder() / "practice-shop.json"


def _pid_file() -> Path:
    return _folder() / "practice-shop.pid"
