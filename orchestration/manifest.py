"""dbt's manifest for the asset graph: made when it is missing or older than the project.

Definitions are loaded by several processes at once (web server, daemon, every run), so it is made under a
lock and moved into place whole. It has a folder of its own: dbt's `target/` belongs to the user's commands.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import ROOT, get_settings

log = logging.getLogger(__name__)

PROJECT = ROOT / "dbt_project"
DBT = Path(sys.executable).with_name("dbt")
SOURCES = ("*.sql", "*.yml", "*.yaml", "*.md", "*.csv")
SKIPPED = {"target", "logs", "dbt_packages"}


class ProjectDoesNotParse(RuntimeError):
    """dbt refuses the project; the message carries what it said."""


def state_folder() -> Path:
    """Where Dagster's dbt keeps its files."""
    folder = get_settings().data_dir.resolve() / "dagster" / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def manifest() -> Path:
    """The manifest of the project as it is now."""
    path = state_folder() / "manifest.json"
    if not _is_current(path):
        with _locked(state_folder() / "lock"):
            if not _is_current(path):
                _make(path)
    return path


def _is_current(path: Path) -> bool:
    return path.exists() and path.stat().st_mtime >= _changed_at()


def _changed_at() -> float:
    """When the project was last changed; folders count too, since a deleted file leaves only their mark."""
    newest = PROJECT.joinpath("dbt_project.yml").stat().st_mtime
    for folder in PROJECT.iterdir():
        if folder.is_dir() and folder.name not in SKIPPED and not folder.name.startswith("."):
            places = [folder, *(place for place in folder.rglob("*") if place.is_dir())]
            pages = (page for pattern in SOURCES for page in folder.rglob(pattern))
            newest = max(newest, *(place.stat().st_mtime for place in (*places, *pages)))
    return newest


def _make(path: Path) -> None:
    changed_at = _changed_at()
    with tempfile.TemporaryDirectory(dir=path.parent) as target:
        log.info("dbt parses the project")
        words = [str(DBT), "--quiet", "parse", "--no-partial-parse", "--target-path", target]
        folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--log-path", target]
        done = subprocess.run(
            [*words, *folders],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        )
        made = Path(target) / "manifest.json"
        if done.returncode != 0 or not made.exists():
            raise ProjectDoesNotParse(f"dbt cannot parse {PROJECT}:\n{done.stdout}{done.stderr}".rstrip())
        # A file saved while dbt read must not look older than what was read.
        os.utime(made, (changed_at, changed_at))
        made.replace(path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
