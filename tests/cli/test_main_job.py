"""The order of the main job's steps: which platforms are loaded, and what failing to ask again hides."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.cli import dbt, main_job, summary, tie_out
from orchestration.tie_out import Question

DAY = date(2026, 11, 1)
QUESTIONS = [
    Question("shopify", "kiwi", ("sales_reports", "order_reports"), DAY, DAY),
    Question("woocommerce", "linden", ("revenue_reports", "order_reports"), DAY, DAY),
]


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.toml"
    file.write_text('[shopify.kiwi]\nshop = "kiwi.example"\n\n[etsy.attic]\n')
    return file


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would be run; commands of the loaders and of the tie-out succeed."""
    run: list[list[str]] = []

    def remember(words: list[str], _: Any) -> int:
        run.append(words[1:])
        return 0

    def build(words: list[str], _: Any) -> list[str]:
        run.append(["dbt", *words])
        return []

    monkeypatch.setattr(main_job, "_run", remember)
    monkeypatch.setattr(dbt, "run", build)
    return run


def test_platforms_with_accounts_of_the_file_or_by_themselves_are_loaded(
    accounts: Path, commands: list[list[str]]
) -> None:
    (problem,) = main_job.load({}, accounts)
    assert commands == [["-m", "loaders", "shopify"], ["-m", "loaders", "ecb"]]
    assert "[etsy] in accounts.toml is no platform of the house" in problem
    assert "woocommerce" in problem, "it names those that there are"


def test_where_every_day_ties_out_nobody_is_asked_and_nothing_built_again(
    accounts: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_job, "questions", lambda *_, **__: [])
    assert main_job.ask_again({}, accounts) == []
    assert commands == []


def test_what_follows_from_the_answers_is_built_also_where_a_vendor_could_not_be_asked(
    accounts: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_job, "questions", lambda *_, **__: QUESTIONS)

    def fail(words: list[str], _: Any) -> int:
        commands.append(words[1:])
        return 1

    monkeypatch.setattr(main_job, "_run", fail)
    assert main_job.ask_again({}, accounts) == ["ask again: a vendor could not be asked (see above)"]
    asked, built = commands
    assert asked == ["-m", "orchestration.tie_out"]
    assert built[built.index("--select") + 1 :] == [
        "source:raw_shopify.order_reports+",
        "source:raw_shopify.sales_reports+",
        "source:raw_woocommerce.order_reports+",
        "source:raw_woocommerce.revenue_reports+",
    ]


@pytest.mark.parametrize(("problems", "code"), [([], 0), (["tie-out: 1 days differ"], 1)])
def test_the_verdict_decides_the_exit_code(
    accounts: Path, monkeypatch: pytest.MonkeyPatch, problems: list[str], code: int
) -> None:
    for step in ("load", "build", "ask_again", "check"):
        monkeypatch.setattr(main_job, step, lambda *_: [])
    monkeypatch.setattr(summary, "show", lambda: None)
    monkeypatch.setattr(tie_out, "show", lambda: problems)
    assert main_job.main_job({}, accounts_file=accounts) == code
