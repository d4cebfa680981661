"""Pages that tell the way are true: the files they name exist, and nothing that is wanted is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse import ROOT

PAGE = ROOT / "docs" / "adding-a-platform.md"
ROOMS = ("loaders", "dbt_project", "sandbox", "orchestration", "tests", "docs")
PLATFORMS = [path.name for path in (ROOT / "loaders").iterdir() if (path / "client.py").exists()]


def named(page: Path) -> list[str]:
    """What stands in code marks and looks like a path."""
    return [name for name in re.findall(r"`([^`\s]+)`", page.read_text()) if name.split("/")[0] in ROOMS]


def test_the_files_that_the_way_names_exist_for_every_platform() -> None:
    paths = named(PAGE)
    assert len(paths) > 12
    for path in paths:
        for platform in PLATFORMS if "<platform>" in path else [""]:
            pattern = re.sub(r"<\w+>", "*", path.replace("<platform>", platform)).rstrip("/")
            if platform == "ecb" and "intermediate" in path:
                continue  # no shop: it brings no entity that platforms share
            assert list(ROOT.glob(pattern)), f"{PAGE.name} names {path}; there is no {pattern}"


def test_the_way_names_every_entity_that_platforms_share() -> None:
    models = (ROOT / "dbt_project" / "models").rglob("*.sql")
    shared = {name for model in models for name in re.findall(r"union_platforms\('(\w+)'", model.read_text())}
    assert len(shared) > 8
    assert shared <= set(re.findall(r"`(\w+)`", PAGE.read_text()))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_is_named_nowhere_but_in_its_folders_and_the_words_of_the_way(platform: str) -> None:
    assert f'"{platform}"' in (ROOT / "orchestration" / "platforms.py").read_text()
    for page in (ROOT / "orchestration").rglob("*.py"):
        if page.name not in ("platforms.py", "__main__.py", "replay.py"):
            assert platform not in re.findall(r"[\"'](\w+)[\"']", page.read_text()), page
