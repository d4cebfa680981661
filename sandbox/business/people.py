"""The people behind the orders. All stores share them: the same person may be a customer of each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.business.happenings import CustomerJoined
from sandbox.business.model import Address, Customer
from sandbox.business.profiles import Profile

FIRST_CUSTOMER = 50_001


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Amelia Oliver Aroha Zoë Søren Nguyễn Chloé Ravi Fatima Björn Mia Liam Noor Kai Siân Mateo Yuki Grace "
    "Tāne Isla Ann Jean-Luc Priya Omar Łukasz Eve Sam Ngaio Tom Ruth"
)
LAST_NAMES = _words(
    "Smith O'Brien García Patel Müller Ngata Lee Kowalski Jones Tremblay Silva Khan Andersson Wirihana "
    "McDonald Rossi Haddad Sato Evans Dubois Okafor Young Clarke Novák Price"
)
DOMAINS = ("example.com", "example.org", "example.net", "mail.example", "post.example")


@dataclass(slots=True, frozen=True)
class Person:
    """Who somebody is, whatever the store."""

    id: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    locale: str


class Town:
    """Everybody who ever bought anywhere, and what each store knows of them."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.people: list[Person] = []  # in the order in which they turned up
        self._known: dict[str, dict[int, Customer]] = {}  # by store, then person id
        self._regulars: dict[str, list[int]] = {}
        self._records: dict[str, int] = {}  # customer records ever made, by store

    def buyer(self, profile: Profile, rng: random.Random) -> Person:
        """Who buys now: a regular, somebody from another store, or somebody new."""
        regulars = self._regulars.setdefault(profile.name, [])
        draw = rng.random()
        if regulars and draw < 0.42:
            # those who came last are the likeliest to come again
            position = int(len(regulars) * (1 - rng.random() ** 1.7))
            return self.people[regulars[min(position, len(regulars) - 1)]]
        if self.people and draw < 0.50:
            return rng.choice(self.people)
        return self._be_born(rng)

    def customer(
        self, person: Person, profile: Profile, at: datetime, rng: random.Random
    ) -> tuple[Customer, list[CustomerJoined]]:
        """The store's record of a person, and the happening if it is new."""
        known = self._known.setdefault(profile.name, {})
        if person.id in known:
            return known[person.id], []
        customer = self._register(person, profile, at - timedelta(seconds=rng.randrange(20, 900)), rng)
        known[person.id] = customer
        self._regulars.setdefault(profile.name, []).append(person.id)
        return customer, [CustomerJoined(customer)]

    def subscriber(self, profile: Profile, at: datetime, rng: random.Random) -> CustomerJoined:
        """Somebody new who leaves an address and buys nothing, under this record at least."""
        return CustomerJoined(self._register(self._be_born(rng), profile, at, rng))

    def forget(self, profile: Profile, rng: random.Random) -> Customer | None:
        """Somebody wants to be forgotten; should they come again, they come as somebody new."""
        regulars = self._regulars.get(profile.name)
        if not regulars:
            return None
        return self._known[profile.name].pop(regulars.pop(rng.randrange(len(regulars))))

    def _register(self, person: Person, profile: Profile, at: datetime, rng: random.Random) -> Customer:
        number = self._records.get(profile.name, 0)
        self._records[profile.name] = number + 1
        return _record(FIRST_CUSTOMER + number, person, profile, at, rng)

    def _be_born(self, rng: random.Random) -> Person:
        person = be_born(len(self.people), rng)
        self.people.append(person)
        return person


def be_born(number: int, rng: random.Random) -> Person:
    """Somebody new; the number keeps their address apart from everybody else's."""
    first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    plain = "".join(letter for letter in f"{first}.{last}".lower() if letter.isascii() and letter != "'")
    email: str | None = f"{plain}{number}@{rng.choice(DOMAINS)}"
    if rng.random() < 0.02:
        email = None
    phone = f"+447700{900000 + number % 100000}" if rng.random() < 0.35 or email is None else None
    locale = rng.choice(("en", "en", "en", "en-GB", "en-US", "fr", "de", "mi"))
    return Person(number, first, last, email, phone, locale)


def _record(customer_id: int, person: Person, profile: Profile, at: datetime, rng: random.Random) -> Customer:
    address: Address = (
        rng.choice(profile.abroad) if rng.random() < profile.export_share else profile.home_address(rng)
    )
    email = person.email
    if email and rng.random() < 0.04:
        email = email.title()  # the same address typed with capitals
    return Customer(
        id=customer_id,
        person_id=person.id,
        first_name=person.first_name,
        last_name=person.last_name,
        email=email,
        phone=person.phone,
        address=address,
        marketing=rng.choice(("subscribed", "subscribed", "not_subscribed", "unsubscribed")),
        state=rng.choice(("enabled", "disabled", "disabled", "invited")),
        verified_email=rng.random() < 0.9,
        tax_exempt=False,
        locale=person.locale,
        tags=("vip",) if rng.random() < 0.03 else (),
        created_at=at,
        updated_at=at,
    )
