"""All routes of a site."""

from sandbox.woocommerce.errors import no_route
from sandbox.woocommerce.routes import about, analytics, catalogue, legacy, orders, people, terms
from sandbox.woocommerce.routes.base import Route
from sandbox.woocommerce.settings import Settings

ALL: tuple[Route, ...] = (
    *orders.ROUTES,
    *catalogue.ROUTES,
    *people.ROUTES,
    *terms.ROUTES,
    *about.ROUTES,
    *analytics.ROUTES,
    *legacy.ROUTES,
)


def find(path: str, settings: Settings) -> tuple[Route, tuple[str, ...]]:
    """The route of a path, with what varies in it, or status 404."""
    for route in ALL:
        matched = route.match(path)
        if matched is not None and settings.at_least(route.since):
            return route, matched
    raise no_route()
