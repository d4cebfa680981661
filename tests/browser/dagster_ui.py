"""Dagster's web UI as a process, what a test asks of its API, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, sync_playwright

from tests.conftest import free_port
from warehouse import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
LOCATIONS = """{ workspaceOrError { ... on Workspace {
    locationEntries { loadStatus locationOrLoadError { __typename } }
} } }"""


@dataclass(frozen=True)
class Dagster:
    """A running UI."""

    url: str

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of a GraphQL query."""
        answer = requests.post(
            f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=60
        )
        answer.raise_for_status()
        body = answer.json()
        assert "errors" not in body, body["errors"]
        return body["data"]


@contextmanager
def running(environment: Mapping[str, str], log: Path) -> Iterator[Dagster]:
    """`python -m orchestration.dev` on a free port, with its definitions loaded; it ends with the block."""
    port = free_port()
    dagster = Dagster(f"http://127.0.0.1:{port}")
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.dev", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for("the definitions to load", lambda: _is_loaded(dagster), seconds=START_SECONDS, log=log)
        yield dagster
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def wait_for(what: str, is_true: Callable[[], bool], *, seconds: float, log: Path) -> None:
    """Look once a second; fails with the end of the UI's log."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
            pytest.fail(f"waited {seconds:.0f} s for {what}\n{tail}")
        time.sleep(1)


@contextmanager
def browser() -> Iterator[Page]:
    """A page of an installed Chromium; skips the test, visibly, where there is none."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: `make system` installs Debian's")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1800, "height": 1100}, device_scale_factor=1)
        try:
            yield page
        finally:
            chromium.close()


def _is_loaded(dagster: Dagster) -> bool:
    try:
        entries = dagster.ask(LOCATIONS)["workspaceOrError"]["locationEntries"]
    except requests.RequestException:
        return False
    states = {
        (entry["loadStatus"], (entry["locationOrLoadError"] or {}).get("__typename")) for entry in entries
    }
    return states == {("LOADED", "RepositoryLocation")}
