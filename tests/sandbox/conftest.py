"""One small practice world for all tests of its stand-ins, and clients that speak to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sandbox.business.world import build_world
from sandbox.running import Running, running
from sandbox.state import MarketingPlatform
from tests.sandbox.client import Client
from tests.sandbox.google_callers import ADWORDS, AdsCaller, Ga4Caller
from tests.sandbox.woo import Woo

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_practice() -> Iterator[Running]:
    """A running sandbox that no test moves through time."""
    with running(build_world(600, 7, AS_OF)) as here:
        yield here


@pytest.fixture
def practice(shared_practice: Running) -> Iterator[Running]:
    """The shared sandbox; settings and faults are put back afterwards."""
    yield shared_practice
    shared_practice.sandbox.faults.clear()
    for name, store in shared_practice.sandbox.world.stores.items():
        shared_practice.server.platforms[store.platform].reset(name)
    for vendor in shared_practice.server.vendors.values():
        if isinstance(vendor, MarketingPlatform):
            for account in vendor.accounts():
                vendor.reset(account)


@pytest.fixture
def harbour(practice: Running) -> Client:
    """A client of the shop `harbour`."""
    return Client(practice.url, "harbour")


@pytest.fixture
def alpine(practice: Running) -> Client:
    """A client of the shop `alpine`."""
    return Client(practice.url, "alpine")


@pytest.fixture
def own_practice() -> Iterator[Running]:
    """A small sandbox for one test that moves its clock."""
    with running(build_world(90, 11, AS_OF)) as here:
        yield here


@pytest.fixture
def linden(practice: Running) -> Woo:
    """A client of the site `linden`, which nobody changes but by settings."""
    return Woo(practice)


@pytest.fixture
def own_linden() -> Iterator[Woo]:
    """A client of a site of its own, for one test that lets something happen there."""
    with running(build_world(300, 11, AS_OF)) as here:
        yield Woo(here)


@pytest.fixture
def ga4(practice: Running) -> Ga4Caller:
    """A caller of `harbour`'s property."""
    return Ga4Caller(practice, "ga4", "harbour")


@pytest.fixture
def ads(practice: Running) -> AdsCaller:
    """A caller of `harbour`'s customer at Google Ads, through the manager."""
    return AdsCaller(practice, "google_ads", "harbour", ADWORDS)
