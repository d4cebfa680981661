"""The least that can talk to the WooCommerce stand-in: signed requests, no retries, no opinion."""

from __future__ import annotations

from typing import Any

import requests
from requests_oauthlib import OAuth1

from sandbox.business.model import WebShop
from sandbox.running import Running


class Woo:
    """One site of a running sandbox."""

    def __init__(self, here: Running, store: str = "linden") -> None:
        self.here, self.store = here, store
        self.base = f"{here.url}/woocommerce/{store}"
        secrets = requests.get(f"{here.url}/control/secrets/{store}", timeout=10).json()
        self.key, self.secret = secrets["key"], secrets["secret"]

    @property
    def shop(self) -> WebShop:
        """The business behind it."""
        shop = self.here.sandbox.world.stores[self.store]
        assert isinstance(shop, WebShop)
        return shop

    def signature(self, **options: Any) -> OAuth1:
        """Signs with OAuth 1.0a in the query."""
        return OAuth1(
            self.key, client_secret=options.pop("secret", self.secret), signature_type="query", **options
        )

    def get(self, path: str, /, *, method: str = "GET", **params: Any) -> requests.Response:
        """The raw answer to a signed request; `path` begins behind /wp-json."""
        address = f"{self.base}/wp-json{path}"
        return requests.request(method, address, params=params, auth=self.signature(), timeout=20)

    def ask(self, path: str, /, **params: Any) -> Any:
        """The body of an answer, which has to be HTTP 200."""
        answer = self.get(path, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def orders(self, **params: Any) -> Any:
        """A page of orders."""
        return self.ask("/wc/v3/orders", **params)

    def ids(self, path: str = "/wc/v3/orders", /, **params: Any) -> list[int]:
        """The ids of all pages, read one after the other."""
        found: list[int] = []
        page = 1
        while True:
            answer = self.get(path, **{"per_page": 100, "page": page, "_fields": "id", **params})
            assert answer.status_code == 200, answer.text
            found += [one["id"] for one in answer.json()]
            if page >= int(answer.headers["X-WP-TotalPages"]):
                return found
            page += 1

    def control(self, path: str, **body: Any) -> Any:
        """Post to a control route."""
        answer = requests.post(f"{self.here.url}/control/{path}", json=body, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    def install(self, **settings: Any) -> Any:
        """Change how the site is installed."""
        return self.control(f"stores/{self.store}", **settings)

    def happen(self, **what: Any) -> list[int]:
        """Let something happen to orders now; returns their ids."""
        changed: list[int] = self.control(f"orders/{self.store}", **what)["orders"]
        return changed

    def fault(self, kind: str, **options: Any) -> Any:
        """Switch a fault on for this site."""
        return self.control("faults", kind=kind, store=self.store, **options)
