"""What every rendered thing needs: the site's clock, its decimals, its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from html import escape
from typing import Any

from sandbox.business.model import Contact, Meta
from sandbox.woocommerce.dates import gmt, local

Document = dict[str, Any]
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "NZD": "$", "AUD": "$", "CHF": "CHF", "SEK": "kr"}
EXACT = Context(prec=1000)  # a request may ask for hundreds of decimals


@dataclass(frozen=True)
class Printer:
    """How a site writes: in its time zone, with so many decimals, under its own address."""

    home: str
    zone: tzinfo
    decimals: int

    def money(self, amount: Decimal) -> str:
        """An amount as text with the site's decimals."""
        if -amount.as_tuple().exponent == self.decimals:  # type: ignore[operator]
            return str(amount)
        return f"{amount.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP, EXACT):f}"

    def dates(self, name: str, moment: datetime | None) -> Document:
        """A moment twice: as the site's clock had it, and in UTC; neither says which."""
        return {name: local(moment, self.zone), f"{name}_gmt": gmt(moment)}

    def links(self, path: str, number: int, **more: str) -> Document:
        """`_links` of a thing in the collection at `path`."""
        base = f"{self.home}/wp-json/wc/v3/{path}"
        found = {"self": [{"href": f"{base}/{number}"}], "collection": [{"href": base}]}
        for name, target in more.items():
            found[name] = [{"href": f"{self.home}/wp-json/wc/v3/{target}"}]
        return found


def number(value: Decimal | float) -> int | float:
    """A number as PHP prints a float: whole ones without a fraction."""
    plain = float(value)
    return int(plain) if plain.is_integer() else plain


def meta(entries: Iterable[Meta]) -> list[Document]:
    """Meta data of an order or a product."""
    return [{"id": one.id, "key": one.key, "value": one.value} for one in entries]


def billing(contact: Contact) -> Document:
    """The eleven fields of a billing address."""
    return {**_address(contact), "email": contact.email, "phone": contact.phone}


def shipping(contact: Contact) -> Document:
    """The ten fields of a shipping address."""
    return {**_address(contact), "phone": contact.phone}


def chosen(document: Document, names: Iterable[str]) -> Document:
    """Only the fields of `_fields`; `a.b` is a field of a field."""
    found: Document = {}
    wanted: dict[str, list[str]] = {}
    for name in names:
        head, _, rest = name.partition(".")
        wanted.setdefault(head, []).append(rest)
    for head, rests in wanted.items():
        if head in document:
            value = document[head]
            inner = [rest for rest in rests if rest]
            found[head] = (
                value if "" in rests or not isinstance(value, Mapping) else chosen(dict(value), inner)
            )
    return {name: found[name] for name in document if name in found}


def slug(text: str) -> str:
    """A title as it stands in an address."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in text.lower())
    return "-".join(part for part in kept.split("-") if part)


def shown(text: str) -> str:
    """Text as it stands in HTML."""
    return escape(text, quote=False)


def _address(contact: Contact) -> Document:
    return {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "company": contact.company,
        "address_1": contact.address_1,
        "address_2": contact.address_2,
        "city": contact.city,
        "state": contact.state,
        "postcode": contact.postcode,
        "country": contact.country,
    }
