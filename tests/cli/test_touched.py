"""Which models and exposures a change touches."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.cli.touched import render


def node(
    path: str, *, kind: str = "model", macros: tuple[str, ...] = (), described_in: str = ""
) -> dict[str, Any]:
    return {
        "name": path.rpartition("/")[2].partition(".")[0],
        "resource_type": kind,
        "original_file_path": path,
        "patch_path": f"countinghouse://{described_in}" if described_in else None,
        "depends_on": {"macros": list(macros)},
    }


MANIFEST: dict[str, Any] = {
    "nodes": {
        "model.stg": node("models/staging/stg.sql"),
        "model.fct": node("models/marts/fct.sql", described_in="models/marts/fct.yml"),
        "model.dim": node("models/marts/dim.sql", macros=("macro.segment",)),
        "test.fct": node("tests/assert_fct.sql", kind="test"),
    },
    "sources": {},
    "exposures": {
        "exposure.summary": {
            **node("models/exposures.yml"),
            "name": "daily_summary",
            "label": "Daily summary",
        }
    },
    "macros": {"macro.segment": {"original_file_path": "macros/segment.sql"}},
    "child_map": {"model.stg": ["model.fct", "test.fct"], "model.fct": ["exposure.summary"], "model.dim": []},
}


@pytest.mark.parametrize(
    ("files", "models", "downstream", "exposures"),
    [
        (["models/staging/stg.sql"], "(1): `stg`", "(1): `fct`", "(1): `Daily summary`"),
        (["models/marts/fct.yml"], "(1): `fct`", "(0): none", "(1): `Daily summary`"),
        (["macros/segment.sql"], "(1): `dim`", "(0): none", "(0): none"),
    ],
    ids=["a model", "its description", "a macro that it uses"],
)
def test_follows_a_change_to_the_exposures(
    files: list[str], models: str, downstream: str, exposures: str
) -> None:
    text = render(files, MANIFEST)
    assert f"**Models** {models}" in text
    assert f"**Downstream** {downstream}" in text
    assert f"**Exposures** {exposures}" in text


def test_says_when_nothing_is_touched() -> None:
    assert render(["README.md"], MANIFEST) == "No model is touched."
