"""Which models a change touches, and which exposures stand behind them.

Read from git's list of changed files and dbt's manifest; needs no warehouse. A changed macro touches every
model that uses it; everything downstream of a changed model counts as touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Any

import warehouse
from orchestration.cli.errors import Refused
from warehouse import ROOT

DBT_PROJECT = ROOT / "dbt_project"


def report(base: str) -> str:
    """A Markdown list of the changed models, of those downstream, and of the exposures they feed."""
    return render(changed_files(base), manifest())


def changed_files(base: str) -> list[str]:
    """The files that differ from the merge base with `base`, relative to the dbt project."""
    answer = subprocess.run(
        ["git", "diff", "--name-only", f"{base}...HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise Refused(
            f"git cannot compare with {base}: {answer.stderr.strip()} (fetch it, or name another BASE)"
        )
    prefix = f"{DBT_PROJECT.name}/"
    return [name.removeprefix(prefix) for name in answer.stdout.splitlines() if name.startswith(prefix)]


def manifest() -> dict[str, Any]:
    """dbt's manifest of the project as it stands."""
    dbt = Path(sys.executable).with_name("dbt")
    parsed = subprocess.run(
        [str(dbt), "--quiet", "parse"],
        cwd=DBT_PROJECT,
        env={**os.environ, **warehouse.environment()},
        check=False,
    )
    if parsed.returncode != 0:
        raise Refused("dbt cannot parse the project: see above")
    return dict(json.loads((DBT_PROJECT / "target" / "manifest.json").read_text()))


def render(files: list[str], manifest: dict[str, Any]) -> str:
    """The report for a list of changed files (relative to the dbt project)."""
    changed = _changed_nodes(set(files), manifest)
    reached = _downstream(changed, manifest["child_map"])
    models = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    direct = sorted(models[key]["name"] for key in changed if key in models)
    behind = sorted(models[key]["name"] for key in reached - changed if key in models)
    exposures = sorted(
        manifest["exposures"][key].get("label") or manifest["exposures"][key]["name"]
        for key in reached
        if key in manifest["exposures"]
    )
    if not direct and not exposures:
        return "No model is touched."
    lines = ["### Touched by this change", "", _line("Models", direct), _line("Downstream", behind)]
    return "\n".join([*lines, _line("Exposures", exposures)])


def _changed_nodes(files: set[str], manifest: dict[str, Any]) -> set[str]:
    everything = {**manifest["nodes"], **manifest["sources"], **manifest["exposures"]}
    macros = {key for key, macro in manifest["macros"].items() if macro["original_file_path"] in files}
    found = set()
    for key, node in everything.items():
        described_in = (node.get("patch_path") or "").partition("://")[2]
        uses = set(node.get("depends_on", {}).get("macros", []))
        if node["original_file_path"] in files or described_in in files or uses & macros:
            found.add(key)
    return found


def _downstream(keys: set[str], children: dict[str, list[str]]) -> set[str]:
    seen, queue = set(keys), deque(keys)
    while queue:
        for child in children.get(queue.popleft(), []):
            if child not in seen:
                seen.add(child)
                queue.append(child)
    return seen


def _line(title: str, names: list[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in names) or "none"
    return f"- **{title}** ({len(names)}): {listed}"
