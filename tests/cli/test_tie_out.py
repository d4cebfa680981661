"""What the main job says of the tie-out: a line per store, the orders behind what is off, and its verdict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from orchestration.cli import tie_out
from orchestration.tie_out import Gap, StoreVerdict

MEASURES = (("net_sales", Decimal("112.50"), Decimal(100)),)
ORDERS = (("#1001", "missing there", Decimal("12.50")),)
CLEAN = StoreVerdict("shopify", "harbour", "Harbour", "GBP", {"ok": 400, "provisional": 2})
NOTHING = StoreVerdict("pigeon", "coo", "Coo", "CHF", {"not available": 10})
EXPLAINED = StoreVerdict(
    "shopify",
    "kiwi",
    "Kiwi [NZ]",
    "NZD",
    {"ok": 399, "explained": 1},
    (Gap(date(2026, 11, 1), "explained", MEASURES, ORDERS),),
)
UNEXPLAINED = StoreVerdict(
    "woocommerce",
    "linden",
    "Linden",
    "EUR",
    {"ok": 390, "unexplained": 7},
    tuple(
        Gap(date(2026, 11, day), "unexplained", MEASURES, ((None, "unknown", Decimal("12.50")),))
        for day in range(7, 0, -1)
    ),
)


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *stores: StoreVerdict
) -> tuple[list[str], list[str]]:
    monkeypatch.setattr(tie_out, "verdicts", lambda: list(stores))
    problems = tie_out.show()
    return problems, [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_stores_that_tie_out_are_a_line_each_and_no_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problems, lines = said(monkeypatch, capsys, CLEAN, NOTHING)
    assert problems == []
    assert "✓ Harbour 400 days compared, 400 ok, 2 provisional" in lines
    assert "? Coo nothing to compare with: no report can be read" in lines


def test_an_explained_day_names_its_orders_and_fails_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    problems, lines = said(monkeypatch, capsys, EXPLAINED)
    assert problems == []
    assert "! Kiwi [NZ] 400 days compared, 399 ok, 1 explained" in lines
    assert "Kiwi [NZ] 2026-11-01 explained: net sales 112.50 here, 100.00 there" in lines
    assert "order #1001: missing there (+12.50 NZD)" in lines


def test_unexplained_days_are_a_problem_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (problem,), lines = said(monkeypatch, capsys, UNEXPLAINED)
    assert problem.startswith("tie-out: 7 days of woocommerce/linden differ from the platform's own report")
    assert "(2026-11-07, 2026-11-06, 2026-11-05 …)" in problem
    assert "no order accounts for the rest: unknown (+12.50 EUR)" in lines
    assert "Linden: 2 more in marts.fct_tie_out" in lines


def test_before_anything_is_built_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(monkeypatch, capsys) == ([], [])
