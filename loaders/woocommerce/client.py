"""WooCommerce's REST API of one site: addresses, authentication, errors. Nothing here knows dlt.

Three habits shape this page: over plain http a key must not travel, so requests are signed; a key that is
not understood makes a request anonymous instead of refusing it; and between the shop and us stand a theme,
plugins, PHP, a cache and a web host, each of which can answer in the API's place.
"""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth1

from loaders.common.accounts import Account
from loaders.common.crew import Crew
from loaders.common.errors import AccountMisconfigured, LoaderError, MalformedAnswer, UnknownShop
from loaders.common.http import Http, Patience, Sign, answered_at
from loaders.woocommerce import settings
from loaders.woocommerce.answers import NoJson, read
from loaders.woocommerce.refusals import ANONYMOUS, Refusals
from loaders.woocommerce.site import Site

log = logging.getLogger(__name__)
# At DEBUG they log the key, and whole signed addresses.
for signing in ("oauthlib", "requests_oauthlib"):
    logging.getLogger(signing).setLevel(logging.INFO)

Mode = Literal["header", "query", "signed"]
INDEX = {"_fields": "name,home,url,gmt_offset,timezone_string,namespaces"}


@dataclass(frozen=True)
class Answer:
    """The JSON of one answer, the moment it describes, and the rows of the whole list, if it says so."""

    body: Any
    at: datetime
    total: int | None


@dataclass
class Client:
    """The API of one site; may be used by several threads."""

    account: Account
    http: Http
    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    crew: Crew
    mode: Mode
    plain: bool = False
    sleep: Callable[[float], None] = time.sleep
    warn: Callable[[str], None] = lambda _: None

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        warn: Callable[[str], None] = lambda _: None,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`; its key and secret are read from the environment now."""
        url = _site_url(account)
        key, secret = account.secret("key"), account.secret("secret")
        concurrency = account.concurrency(settings.CONCURRENCY, most=settings.MOST_CONCURRENCY)
        http = Http(
            account.label,
            headers={"Accept": "application/json"},
            secrets=[key, secret, b64encode(f"{key}:{secret}".encode()).decode()],
            patience=patience or settings.PATIENCE,
            retried=settings.TRANSIENT,
            connections=concurrency,
            sleep=sleep,
        )
        client = cls(
            account,
            http,
            url,
            key,
            secret,
            Crew(concurrency),
            _mode(url),
            bool(account.options.get("rest_route")),
            sleep,
            warn,
        )
        http.verdict = client.refusals.lasting
        return client

    @property
    def label(self) -> str:
        """The account's name in messages."""
        return self.account.label

    @property
    def refusals(self) -> Refusals:
        """What this shop's refusals mean."""
        return Refusals(self.account, self.http.redact)

    def probe(self) -> Site:
        """Which site this is: the first question of every run, asked without a key.

        Sites with plain permalinks have no /wp-json/ and are asked by ?rest_route= from then on.
        """
        trouble: LoaderError | None = None
        for plain in (self.plain, True):
            if trouble and plain == self.plain:
                break
            self.plain = plain
            try:
                answer = self._ask("", INDEX, known=False)
            except (UnknownShop, MalformedAnswer) as error:
                trouble = trouble or error
                continue
            return self._site(answer)
        raise trouble or AssertionError

    def get(self, route: str, params: Mapping[str, Any] | None = None) -> Answer:
        """One answer of the API, as `wc/v3/orders`; passing trouble is tried again."""
        return self._ask(route, params or {})

    def rows(self, route: str, params: Mapping[str, Any] | None = None) -> Answer:
        """One page of a list."""
        answer = self._ask(route, params or {})
        if not isinstance(answer.body, list) or not all(isinstance(one, dict) for one in answer.body):
            raise self.refusals.odd(route, "is no list of objects")
        return answer

    def close(self) -> None:
        """Give threads and connections back."""
        self.crew.close()
        self.http.close()

    def _ask(self, route: str, params: Mapping[str, Any], *, known: bool = True) -> Answer:
        patience = self.http.patience
        for attempt in range(patience.attempts):
            response = self._send(route, params, known=known)
            try:
                body, notice = read(response.content)
            except NoJson:
                trouble = self.refusals.page(response, route or "the index")
            else:
                if response.ok:
                    return self._answer(response, body, notice, route)
                if not known and response.status_code in (401, 403):
                    raise self.refusals.hidden(response)
                trouble = self.refusals.of(response, route or "the index")
                if "nonce" not in trouble.cause:
                    raise trouble
            if 300 <= response.status_code < 400:
                raise self.refusals.of(response, route)
            final = isinstance(trouble, UnknownShop) or (not known and response.ok)
            if final or attempt + 1 == patience.attempts:
                raise trouble
            pause = patience.wait(attempt)
            log.info("%s; trying again in %.1f s", trouble.cause, pause)
            self.sleep(pause)
        raise AssertionError("patience without attempts")

    def _send(self, route: str, params: Mapping[str, Any], *, known: bool) -> requests.Response:
        """An answer; a key that got lost on the way is sent again in the query."""
        mode = self.mode if known else None
        response = self._request(route, params, mode)
        if mode != "header" or response.status_code != 401:
            return response
        try:
            body = read(response.content)[0]
        except NoJson:
            body = None
        if not isinstance(body, dict) or body.get("code") not in ANONYMOUS:
            return response
        again = self._request(route, params, "query")
        if again.status_code == 401:
            return response
        self.mode = "query"
        self.warn(
            "the web server drops the Authorization header, so the key travels in addresses, which servers "
            "log: have the host pass the header on"
        )
        return again

    def _request(self, route: str, params: Mapping[str, Any], mode: Mode | None) -> requests.Response:
        query = dict(params)
        place = f"{self.url}/wp-json/{route}"
        if self.plain:
            place, query = f"{self.url}/", {"rest_route": f"/{route}", **query}
        sign: Sign | None = None
        if mode == "header":
            sign = HTTPBasicAuth(self.key, self.secret)
        elif mode == "query":
            query |= {"consumer_key": self.key, "consumer_secret": self.secret}
        elif mode == "signed":
            sign = OAuth1(self.key, self.secret, signature_method="HMAC-SHA256", signature_type="query")
        return self.http.send("GET", place, params=query, sign=sign)

    def _answer(self, response: requests.Response, body: Any, notice: str | None, route: str) -> Answer:
        if notice:
            self.warn(
                f"a plugin prints into the API's answers ({self.http.redact(notice)!r}); they were read "
                "without it: switch off WP_DEBUG_DISPLAY on the site"
            )
            log.info("%s: %s begins with %r", self.label, route, self.http.redact(notice))
        total = response.headers.get("X-WP-Total", "")
        return Answer(body, answered_at(response), int(total) if total.isdecimal() else None)

    def _site(self, answer: Answer) -> Site:
        index = answer.body
        if not isinstance(index, dict) or not isinstance(index.get("home"), str):
            raise self.refusals.odd("the index", "does not describe a WordPress site")
        names = index.get("namespaces")
        if isinstance(names, list) and settings.API not in names:
            raise UnknownShop(
                self.label,
                f"the site at {self.url} has no WooCommerce API ({settings.API}).",
                "Activate WooCommerce there, or correct `url` in the accounts file.",
            )
        site = Site(index, answer.at)
        try:
            site.local_day(answer.at)
        except (LookupError, TypeError, ValueError):
            raise self.refusals.odd("the index", "names no time zone") from None
        return site


def _site_url(account: Account) -> str:
    url = account.option("url").rstrip("/").removesuffix("/wp-json")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or "@" in parts.netloc:
        raise AccountMisconfigured(
            account.label,
            "`url` in the accounts file is no plain address of a site.",
            f'Write url = "https://shop.example" in [{account.platform}.{account.name}].',
        )
    return url


def _mode(url: str) -> Mode:
    """How the key travels: never over plain http."""
    return "header" if url.startswith("https://") else "signed"
