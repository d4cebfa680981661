"""Penny arithmetic: nothing is lost, nothing rounds the wrong way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.business.money import allocate, minor, money, round_money, share, taxes

amounts = st.integers(0, 10_000_000)


@given(st.lists(amounts, min_size=1, max_size=9), st.floats(0, 1))
def test_allocation_adds_up_and_never_exceeds_a_weight(weights: list[int], part: float) -> None:
    amount = int(sum(weights) * part)
    shares = allocate(amount, weights)
    assert sum(shares) == amount
    assert all(0 <= mine <= weight for mine, weight in zip(shares, weights, strict=True))


def test_odd_pennies_go_to_the_first_lines() -> None:
    assert allocate(1000, [3333, 3333, 3334]) == [334, 333, 333]
    assert allocate(2, [0, 500, 500, 500]) == [0, 1, 1, 0]
    assert allocate(5, [0, 0]) == [0, 0]


@given(st.integers(-10_000_000, 10_000_000), amounts, st.integers(1, 10_000_000))
def test_share_is_half_up_as_decimal_does_it(amount: int, part: int, whole: int) -> None:
    exact = Decimal(amount) * part / whole
    assert share(amount, part, whole) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.integers(-10_000_000, 10_000_000))
def test_minor_units_and_decimals_are_the_same_money(value: int) -> None:
    assert minor(money(value)) == value
    assert money(value).as_tuple().exponent == -2
    assert money(value) is money(value)


@pytest.mark.parametrize(
    ("price", "rates", "included", "expected"),
    [
        (7500, [100_000], True, [682]),  # 75.00 with 10 % inside: 6.8181…
        (10_000, [200_000], True, [1667]),
        (1999, [29_000, 51_500], False, [58, 103]),  # each rate rounded by itself
        (1050, [50_000], False, [53]),  # 0.525 rounds up
        (0, [200_000], True, [0]),
        (500, [], False, []),
    ],
)
def test_taxes(price: int, rates: list[int], included: bool, expected: list[int]) -> None:
    assert taxes(price, rates, included=included) == expected


def test_rounding_is_half_away_from_zero() -> None:
    assert [round_money(Decimal(text)) for text in ("0.005", "-0.005", "2.674")] == [
        Decimal("0.01"),
        Decimal("-0.01"),
        Decimal("2.67"),
    ]
