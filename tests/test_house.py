"""The arrows between the rooms, the public rules of the house, and what must never be committed."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from warehouse import ROOT

ROOMS = ("warehouse", "loaders", "orchestration", "serving", "sandbox")
MAY_IMPORT = {
    "warehouse": set[str](),
    "loaders": {"warehouse"},
    "sandbox": set[str](),
    "serving": {"warehouse"},
    "orchestration": {"loaders", "warehouse"},
}
OWN_TOOLS = {
    "dagster": {"orchestration"},
    "dagster_dbt": {"orchestration"},
    "great_expectations": {"orchestration"},
    "dlt": {"loaders"},
}


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def pages(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", [room for room in ROOMS if (ROOT / room).exists()])
def test_rooms_import_only_what_they_may(room: str) -> None:
    assert pages(room), f"{room} has no page"
    for page in pages(room):
        roots = {name.partition(".")[0] for name in imports(page)}
        assert not (roots & set(ROOMS)) - MAY_IMPORT[room] - {room}, page
        for tool, owners in OWN_TOOLS.items():
            assert tool not in roots or room in owners, f"{page} imports {tool}"


def test_no_platform_imports_another() -> None:
    platforms = [path.name for path in (ROOT / "loaders").iterdir() if (path / "client.py").exists()]
    assert platforms
    for platform in platforms:
        for page in pages(f"loaders/{platform}"):
            for other in set(platforms) - {platform}:
                assert not any(name.startswith(f"loaders.{other}") for name in imports(page)), page


def test_platform_folders_hold_the_same_pages() -> None:
    wanted = {"__init__.py", "client.py", "source.py", "settings.py", "expectations.py"}
    for folder in (ROOT / "loaders").iterdir():
        if (folder / "client.py").exists():
            assert wanted <= {page.name for page in folder.iterdir()}, folder
            assert "dlt" not in {name.partition(".")[0] for name in imports(folder / "client.py")}
            assert "requests" not in {name.partition(".")[0] for name in imports(folder / "source.py")}


def test_only_staging_reads_sources() -> None:
    for model in (ROOT / "dbt_project" / "models").rglob("*.sql"):
        if "source(" in model.read_text():
            assert "staging" in model.parts, model


def test_only_the_settings_read_the_environment() -> None:
    for room in ("loaders", "serving"):
        for page in pages(room) if (ROOT / room).exists() else []:
            assert not re.search(r"os\.(environ|getenv)", page.read_text()), page


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_nothing_committed_names_a_registry_or_a_machine() -> None:
    hosts = [f"{name}.{top}" for name, top in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
    machine = re.compile(r"(^|[\s\"'=:(])/(home|Users|root)/\w")
    for name in tracked():
        path = ROOT / name
        if path.suffix in {".png", ".lock"} or not path.is_file():
            continue
        text = path.read_text(errors="replace")
        assert not any(host in text for host in hosts), name
        assert not machine.search(text), name


def test_the_lock_names_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_make_help_lists_at_most_twenty_verbs_in_one_line_each() -> None:
    text = (ROOT / "Makefile").read_text()
    verbs = re.findall(r"^([a-z]+):.*?## (.+)$", text, re.M)
    phony = set(re.search(r"\.PHONY: (.+)", text).group(1).split())  # type: ignore[union-attr]
    assert {verb for verb, _ in verbs} == phony
    assert len(verbs) <= 20
    assert all(len(sentence) <= 100 for _, sentence in verbs)
