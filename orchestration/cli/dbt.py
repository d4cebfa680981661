"""`dbt build` for people: what it is at while it runs, then one line, and every word of what went wrong.

dbt tells of each of some hundred models and tests when it begins and when it ends. On a screen that buries
the one line that matters; the whole story is in its log.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import warehouse
from orchestration.cli.console import console, say
from rich.markup import escape
from warehouse import ROOT, get_settings

PROJECT = ROOT / "dbt_project"
DBT = Path(sys.executable).with_name("dbt")

# Of what dbt tells: a node begins, a node has ended; the rest is said only where it is a warning or worse,
# unless it repeats how a node ended, as "Got 3 results, configured to fail if != 0" does.
BEGINS, ENDED = "LogStartLine", {"LogModelResult", "LogTestResult"}
COUNTED = "Got "
REPEATS = {"RunResultWarning", "RunResultWarningMessage", "RunResultFailure", "EndOfRunSummary"}
LOUD = {"warn", "error"}
WORDS = {"success": "built", "pass": "passed", "warn": "warned", "fail": "failed", "error": "failed"}
MARKS = {"warned": "[yellow]![/]", "failed": "[red]✗[/]"}


def run(words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Run a dbt command over the settings' database; what failed, as sentences."""
    # A target of its own per database: dbt re-reads the project only where it changed, and two jobs, or a
    # dbt that somebody types meanwhile, do not write each other's files.
    target = get_settings().data_dir / "dbt" / warehouse.database_name()
    telling = ["--no-use-colors", "--log-format", "json", "--log-format-file", "text"]
    process = subprocess.Popen(
        [str(DBT), *telling, *words, "--target-path", str(target), "--log-path", str(target)],
        cwd=PROJECT,
        env={**os.environ, **environment, **warehouse.environment()},
        stdout=subprocess.PIPE,
        text=True,
    )
    began = time.monotonic()
    done: Counter[str] = Counter()
    assert process.stdout is not None
    with console.status("  dbt reads the project …") as status:
        for line in process.stdout:
            told = _told(line)
            name, data, message = told["info"]["name"], told["data"], told["info"]["msg"].strip()
            if name == BEGINS:
                status.update(f"  {_place(data)} …")
            elif name in ENDED:
                ended = WORDS.get(data["node_info"]["node_status"], data["node_info"]["node_status"])
                done[ended] += 1
                if ended in MARKS:
                    say(f"  {MARKS[ended]} {_ended(data)}")
            elif told["info"]["level"] in LOUD and message and not _repeats(name, message):
                console.print(f"  {escape(message)}", soft_wrap=True)
    code = process.wait()
    listed = ", ".join(f"{count} {status}" for status, count in done.most_common())
    say(f"  {listed or 'nothing to build'}  [dim]{time.monotonic() - began:.0f} s[/]")
    return [] if code == 0 else [f"build: dbt reported errors (see above; the log is {target / 'dbt.log'})"]


def _told(line: str) -> dict[str, Any]:
    """One of dbt's events; a line that is none, as a traceback's, is passed on as an error."""
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if isinstance(told, dict) and "info" in told:
        return {"data": {}, **told}
    return {"info": {"name": "", "level": "error", "msg": line}, "data": {}}


def _ended(data: Mapping[str, Any]) -> str:
    rows = data.get("num_failures") or 0
    return f"{escape(data['node_info']['node_name'])}{f': {rows:,} rows' if rows else ''}"


def _repeats(name: str, message: str) -> bool:
    return name in REPEATS or (name.startswith("RunResult") and message.startswith(COUNTED))


def _place(data: Mapping[str, Any]) -> str:
    number, total = data.get("index", "?"), data.get("total", "?")
    return f"[dim]{number}/{total}[/] {escape(str(data.get('description', '')))}"
