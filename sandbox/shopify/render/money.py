"""Amounts in the vendor's notation: strings without needless zeros, in shop and presentment currency."""

from decimal import Decimal
from typing import Any

ZERO = Decimal("0.00")
KEPT = 200_000

Bag = dict[str, dict[str, str]]


def amount(value: Decimal) -> str:
    """`13.5`, `15.0`, `0.0`."""
    text = f"{value:f}".rstrip("0") if value.as_tuple().exponent else f"{value:f}."
    return (text + "0" if text.endswith(".") else text) if value else "0.0"


class Purse:
    """Makes MoneyBags of one store; equal amounts share one, which is most of the speed of a bulk read."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self._bags: dict[Any, Bag] = {}

    def money(self, value: Decimal | None) -> dict[str, str] | None:
        """A MoneyV2 in the store's currency."""
        return None if value is None else {"amount": amount(value), "currencyCode": self.currency}

    def bag(self, value: Decimal, order: Any) -> Bag:
        """The MoneyBag of an amount of `order`, in the currencies of that order."""
        if order.presentment_currency is None and order.currency == self.currency:
            bag = self._bags.get(value)
            if bag is None:
                money = {"amount": amount(value), "currencyCode": self.currency}
                bag = self._keep(value, {"shopMoney": money, "presentmentMoney": money})
            return bag
        key = (value, order.currency, order.presentment_currency, order.presentment_rate)
        bag = self._bags.get(key)
        if bag is None:
            shown = amount(order.presentment(value))
            presentment = {"amount": shown, "currencyCode": order.presentment_currency or order.currency}
            shop = {"amount": amount(value), "currencyCode": order.currency}
            bag = self._keep(key, {"shopMoney": shop, "presentmentMoney": presentment})
        return bag

    def _keep(self, key: Any, bag: Bag) -> Bag:
        if len(self._bags) >= KEPT:
            self._bags.clear()
        self._bags[key] = bag
        return bag
