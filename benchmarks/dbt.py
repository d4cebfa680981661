"""dbt as the benchmarks run it: a process of its own, timed by its own account without start-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import warehouse
from warehouse import ROOT, get_settings


def dbt(*words: str) -> float:
    """Run a dbt command in the settings' database; the seconds from its first node to its last."""
    target = get_settings().data_dir / "bench" / "dbt-target"
    program = Path(sys.executable).with_name("dbt")
    done = subprocess.run(
        [str(program), "--quiet", words[0], "--target-path", str(target), *words[1:]],
        cwd=ROOT / "dbt_project",
        env={**os.environ, **warehouse.environment()},
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"dbt {' '.join(words)} failed: the benchmark measures nothing")
    return float(json.loads((target / "run_results.json").read_text())["elapsed_time"])
