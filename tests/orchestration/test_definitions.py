"""Loading the definitions needs no secret, no accounts, no network and no warehouse; and little time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.definitions import of_platform
from orchestration.platforms import platforms
from warehouse import ROOT, get_settings

SECONDS = 10
LOAD = """
import json, resource, socket, sys, time

def refuse(self, address):
    raise AssertionError(f"the definitions reach for {address}")

socket.socket.connect = refuse
socket.socket.connect_ex = refuse
began = time.process_time()
from orchestration.definitions import defs
repository = defs.get_repository_def()
own = time.process_time() - began
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "seconds": own + children.ru_utime + children.ru_stime,
    "jobs": sorted(job.name for job in repository.get_all_jobs()),
    "partitions": repository.get_job("load_shopify").partitions_def.get_partition_keys(),
    "great_expectations": "great_expectations" in sys.modules,
}))
"""


def load(data_dir: Path, **environment: str) -> dict[str, object]:
    """Load the definitions in a process that knows the given variables only."""
    known = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(data_dir),
        "PYTHONPATH": str(ROOT),
        "DATA_DIR": str(data_dir),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=data_dir,
        env=known | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_they_load_with_nothing_at_hand(tmp_path: Path) -> None:
    absent = tmp_path / "no-accounts.toml"
    first = load(tmp_path, ACCOUNTS_FILE=str(absent))
    assert first["partitions"] == []
    assert {"build", "load_shopify"} <= set(first["jobs"])  # type: ignore[call-overload]
    assert (tmp_path / "dagster" / "dbt" / "manifest.json").exists(), "a missing manifest is made"
    again = load(tmp_path, ACCOUNTS_FILE=str(absent))
    # Time on the processor: what else this machine does must not fail the test.
    assert float(again["seconds"]) < SECONDS, again  # type: ignore[arg-type]
    assert not again["great_expectations"], "gates import it when they judge, not before"


def test_a_shop_added_to_the_accounts_file_is_a_partition_after_a_reload(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(path))
    (shopify,) = [one for one in platforms() if one.name == "shopify"]
    seen = []
    for names in (["harbour"], ["harbour", "kiwi"]):
        path.write_text("\n".join(f'[shopify.{name}]\nshop = "{name}.myshopify.com"' for name in names))
        get_settings.cache_clear()
        definitions = of_platform(shopify)
        job = definitions.resolve_job_def("load_shopify")
        assert job.partitions_def is not None
        seen.append(list(job.partitions_def.get_partition_keys()))
    assert seen == [["harbour"], ["harbour", "kiwi"]]
    monkeypatch.undo()
    get_settings.cache_clear()


def test_the_manifest_follows_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration import manifest  # noqa: PLC0415

    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    get_settings.cache_clear()
    page = manifest.state_folder() / "manifest.json"
    page.write_text("{}")
    assert manifest.manifest() == page
    assert page.read_text() == "{}", "a manifest that is newer than the project is taken as it is"
    os.utime(page, (0, 0))
    assert "raw_shopify" in manifest.manifest().read_text(), "an older one is made again"
    monkeypatch.undo()
    get_settings.cache_clear()
