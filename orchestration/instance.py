"""Where Dagster keeps its own state: a folder below DATA_DIR, made from the files beside this one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from warehouse import Settings, get_settings

TEMPLATE = Path(__file__).with_name("dagster.yaml")


def home(settings: Settings | None = None) -> Path:
    """The DAGSTER_HOME of this data folder, made and brought up to date; safe to call at any time."""
    folder = (settings or get_settings()).data_dir.resolve() / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = TEMPLATE.read_text(encoding="utf-8")
    target = folder / TEMPLATE.name
    if not target.exists() or target.read_text(encoding="utf-8") != wanted:
        half_made = folder / f".{TEMPLATE.name}.{os.getpid()}"
        half_made.write_text(wanted, encoding="utf-8")
        half_made.replace(target)
    return folder


def environment(settings: Settings | None = None) -> dict[str, str]:
    """What Dagster's processes need beside the caller's own environment.

    The programs of this Python environment come first on PATH, also where Python was started by its
    absolute path; nothing phones home.
    """
    programs = str(Path(sys.executable).parent)
    return {
        "DAGSTER_HOME": str(home(settings)),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", os.defpath)]),
    }
