"""Who buys in a web shop: people of the town and its own, with accounts or as guests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.business.happenings import Happening
from sandbox.business.model import Address, Contact, ShopCustomer
from sandbox.business.people import Person, Town, be_born
from sandbox.business.profiles import Profile
from sandbox.business.webshop.happenings import AccountDeleted, AccountOpened, EmailChanged, PersonErased

FIRST_ACCOUNT = 2
FIRST_PERSON = 1_000_000  # nobody of the town has such a number
STREETS = ("Lindenallee", "Webergasse", "Straße am Ölberg", "Hauptstraße", "Am Mühlbach", "Spinnerinnenweg")
COMPANIES = ("Café Zöllner GmbH", "Büro & Söhne", 'Praxis "Am Markt"')


@dataclass(slots=True)
class Account:
    """What the planner knows of an account."""

    person: Person
    record: ShopCustomer


class Clientele:
    """Everybody who buys here. The town is only looked at: the other stores must not notice."""

    def __init__(self, profile: Profile, town: Town) -> None:
        self._profile, self._town = profile, town
        self._born = 0
        self._opened = 0
        self._accounts: dict[int, Account] = {}  # by person id
        self._regulars: list[int] = []
        self._guests: list[str] = []  # e-mail addresses of guests not yet forgotten

    def buyer(self, rng: random.Random) -> Person:
        """Who buys now: a regular, somebody who lives in the town, or somebody new."""
        draw = rng.random()
        if self._regulars and draw < 0.40:
            position = int(len(self._regulars) * (1 - rng.random() ** 1.7))
            return self._accounts[self._regulars[min(position, len(self._regulars) - 1)]].person
        if self._town.people and draw < 0.65:
            return rng.choice(self._town.people)
        self._born += 1
        return be_born(FIRST_PERSON + self._born, rng)

    def regular(self, rng: random.Random) -> Person | None:
        """Somebody with an account, if there is anybody yet."""
        return self._accounts[rng.choice(self._regulars)].person if self._regulars else None

    def account(
        self, person: Person, at: datetime, rng: random.Random
    ) -> tuple[ShopCustomer, list[AccountOpened]]:
        """The person's account, and the happening if it is new."""
        known = self._accounts.get(person.id)
        if known is not None:
            return known.record, []
        record = self._open(person, at - timedelta(seconds=rng.randrange(20, 600)), rng)
        self._accounts[person.id] = Account(person, record)
        self._regulars.append(person.id)
        return record, [AccountOpened(record)]

    def subscriber(self, at: datetime, rng: random.Random) -> AccountOpened:
        """Somebody who opens an account and does not buy with it."""
        self._born += 1
        person = be_born(FIRST_PERSON + self._born, rng)
        return AccountOpened(replace(self._open(person, at, rng), role="subscriber"))

    def guest(self, person: Person, rng: random.Random) -> Contact:
        """A guest's own contact; some leave no address for mail."""
        contact = self.contact(person, rng, email="" if rng.random() < 0.06 else person.email or "")
        if contact.email:
            self._guests.append(contact.email)
        return contact

    def move_on(self, at: datetime, rng: random.Random, bought: int) -> Iterator[Happening]:
        """What people do at the end of a day on which so many orders came in."""
        if self._regulars and rng.random() < bought * 0.006:
            account = self._accounts[rng.choice(self._regulars)]
            email = f"new.{account.record.id}.{at:%y%m%d}@post.example"
            billing = replace(account.record.billing, email=email)
            account.record = replace(account.record, email=email, billing=billing)
            yield EmailChanged(at, account.record.id, email)
        if self._regulars and rng.random() < bought * 0.004:
            yield AccountDeleted(at, self._forget(rng).id)
        if self._regulars and rng.random() < bought * 0.003:
            gone = self._forget(rng)
            yield PersonErased(at, gone.id, gone.email)
        if self._guests and rng.random() < bought * 0.002:
            yield PersonErased(at, 0, self._guests.pop(rng.randrange(len(self._guests))))

    def contact(self, person: Person, rng: random.Random, *, email: str) -> Contact:
        """A person at an address."""
        abroad = rng.random() < self._profile.export_share
        place: Address = rng.choice(self._profile.abroad) if abroad else self._profile.home_address(rng)
        return Contact(
            person.first_name,
            person.last_name,
            rng.choice(COMPANIES) if rng.random() < 0.05 else "",
            f"{rng.choice(STREETS)} {rng.randrange(1, 140)}",
            "3. Stock" if rng.random() < 0.1 else "",
            place.city or "",
            place.province_code or "",
            place.zip or "",
            place.country_code or "",
            email,
            person.phone or "",
        )

    def _forget(self, rng: random.Random) -> ShopCustomer:
        """Should they come again, they come as somebody new."""
        return self._accounts.pop(self._regulars.pop(rng.randrange(len(self._regulars)))).record

    def _open(self, person: Person, at: datetime, rng: random.Random) -> ShopCustomer:
        number = FIRST_ACCOUNT + self._opened
        self._opened += 1
        email = person.email or f"customer{number}@linden.example"
        if rng.random() < 0.05:
            email = email.title()  # the same address typed with capitals
        contact = self.contact(person, rng, email=email)
        role = "shop_manager" if rng.random() < 0.004 else "customer"
        username = f"{email.split('@')[0].lower()}.{number}"
        first, last = person.first_name, person.last_name
        shipping = replace(contact, email="", phone="")
        return ShopCustomer(number, person.id, username, email, first, last, role, contact, shipping, at, at)
