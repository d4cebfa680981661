"""Shopify's GraphQL Admin API: authentication, limits, errors, pages. Nothing here knows dlt.

Three habits of the vendor shape this page: limits and refusals come as HTTP 200, an answer may hold data and
errors at once (then it is partial, and never taken as complete), and a search that it does not understand
is ignored with a warning instead of an error.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import requests

from loaders.common.accounts import Account
from loaders.common.errors import (
    LoaderError,
    MalformedAnswer,
    MissingScope,
    QueryRejected,
    ThrottledTooLong,
    UnknownShop,
    VendorTrouble,
    VersionFellForward,
    WrongToken,
)
from loaders.common.http import Http, Patience, answered_at
from loaders.shopify import queries, settings

log = logging.getLogger(__name__)


class CostTooHigh(LoaderError):
    """One query may not cost that much, however full the bucket is: ask for less at once."""


@dataclass(frozen=True)
class Answer:
    """The data of one complete answer, and the moment it describes."""

    data: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Shop:
    """Which shop answers, and what the token may read there."""

    document: dict[str, Any]
    scopes: frozenset[str]
    at: datetime

    @property
    def id(self) -> str:
        """The vendor's id of the shop."""
        return str(self.document["id"])

    @property
    def sees_all_orders(self) -> bool:
        """Whether orders older than 60 days are visible."""
        return settings.ALL_ORDERS_SCOPE in self.scopes


@dataclass
class Client:
    """The API of one shop."""

    account: Account
    http: Http
    endpoint: str
    sleep: Callable[[float], None] = time.sleep
    requests_made: int = 0
    _sizes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`; its token is read from the environment now."""
        token = account.secret()
        base = str(account.options.get("base_url") or f"https://{account.option('shop')}").rstrip("/")
        http = Http(
            account.label,
            headers={"X-Shopify-Access-Token": token, "Accept": "application/json"},
            secrets=[token],
            patience=patience or settings.PATIENCE,
            sleep=sleep,
        )
        return cls(account, http, f"{base}/admin/api/{settings.API_VERSION}/graphql.json", sleep)

    @property
    def label(self) -> str:
        """The account's name in messages."""
        return self.account.label

    def probe(self) -> Shop:
        """Which shop this is and what the token may read: the first question of every run."""
        answer = self.ask(queries.PROBE)
        shop = answer.data.get("shop")
        installation = answer.data.get("currentAppInstallation")
        if not isinstance(shop, dict) or not shop.get("id") or not isinstance(installation, dict):
            raise self._malformed("the shop's own description is missing")
        scopes = frozenset(str(one["handle"]) for one in installation.get("accessScopes") or [])
        return Shop({**shop, "accessScopes": sorted(scopes)}, scopes, answer.at)

    def ask(self, text: str, variables: Mapping[str, Any] | None = None) -> Answer:
        """One complete answer; limits are waited out, passing trouble is tried again."""
        patience = self.http.patience
        waited = 0.0
        attempt = 0
        while True:
            body, at = self._send(text, variables or {})
            trouble = self._trouble(body)
            if trouble is None:
                return Answer(body["data"], at)
            if isinstance(trouble, ThrottledTooLong):
                pause = _throttle_pause(body) + patience.wait(0)
                waited += pause
                if waited > settings.THROTTLE_PATIENCE_SECONDS:
                    raise trouble
            elif isinstance(trouble, VendorTrouble) and attempt + 1 < patience.attempts:
                pause = patience.wait(attempt)
                attempt += 1
            else:
                raise trouble
            log.info("%s: %s waiting %.1f s", self.label, trouble.cause, pause)
            self.sleep(pause)

    def pages(
        self, text: str, root: str, *, size: int, search: str | None = None
    ) -> Iterator[tuple[list[dict[str, Any]], datetime]]:
        """The nodes of a list, page by page, with the moment each page describes.

        A page that would cost too much is asked for again with half the size; the size is remembered.
        """
        after: str | None = None
        while True:
            first = self._sizes.get(text, size)
            try:
                answer = self.ask(text, {"first": first, "after": after, "search": search})
            except CostTooHigh:
                if first == 1:
                    raise
                self._sizes[text] = first // 2
                continue
            connection = answer.data.get(root)
            if not isinstance(connection, dict) or not isinstance(connection.get("nodes"), list):
                raise self._malformed(f"{root} is no list of nodes")
            yield connection["nodes"], answer.at
            info = connection.get("pageInfo")
            if not isinstance(info, dict) or "hasNextPage" not in info:
                raise self._malformed(f"{root} does not say whether there are more pages")
            if not info["hasNextPage"]:
                return
            if not info.get("endCursor") or info["endCursor"] == after:
                raise self._malformed(f"{root} says that there are more pages, but not where")
            after = info["endCursor"]

    def nodes(
        self, text: str, ids: list[str], *, size: int
    ) -> Iterator[tuple[str, dict[str, Any] | None, datetime]]:
        """(id, node or None where it is gone, moment) for each of `ids`."""
        start = 0
        while start < len(ids):
            some = ids[start : start + self._sizes.get(text, size)]
            try:
                answer = self.ask(text, {"ids": some})
            except CostTooHigh:
                if len(some) == 1:
                    raise
                self._sizes[text] = len(some) // 2
                continue
            found = answer.data.get("nodes")
            if not isinstance(found, list) or len(found) != len(some):
                raise self._malformed("nodes(ids:) answers another number of nodes than was asked for")
            for one, node in zip(some, found, strict=True):
                yield one, node or None, answer.at
            start += len(some)

    def _send(self, text: str, variables: Mapping[str, Any]) -> tuple[dict[str, Any], datetime]:
        """A parsed envelope; what is no JSON, as a proxy's error page, is asked for again."""
        for attempt in range(self.http.patience.attempts):
            self.requests_made += 1
            response = self.http.send(
                "POST", self.endpoint, json={"query": text, "variables": dict(variables)}
            )
            self._check_status(response)
            try:
                body = orjson.loads(response.content)
            except orjson.JSONDecodeError:
                body = None
            if isinstance(body, dict) and ("data" in body or "errors" in body):
                self._check_version(response)
                return body, answered_at(response)
            pause = self.http.patience.wait(attempt)
            log.info("%s: an answer that is no GraphQL; trying again in %.1f s", self.label, pause)
            self.sleep(pause)
        kind = response.headers.get("Content-Type", "no content type")
        raise self._malformed(f"the answers are no GraphQL ({kind}, {len(response.content)} bytes)")

    def _check_status(self, response: requests.Response) -> None:
        status = response.status_code
        if status == 200:
            return
        if status in (401, 403):
            raise WrongToken(
                self.label,
                f"the shop does not accept the token in {self.account.token_env} (HTTP {status}).",
                f"Put the Admin API access token of this shop's app into {self.account.token_env}.",
            )
        place = self.account.options.get("shop") or self.endpoint
        if 300 <= status < 400 or status == 404:
            raise UnknownShop(
                self.label,
                f"there is no shop at {place} (HTTP {status}).",
                "Correct `shop` (name.myshopify.com) in the accounts file.",
            )
        if status in (402, 423):
            raise UnknownShop(
                self.label,
                f"the shop {place} is frozen or locked (HTTP {status}).",
                "Its owner has to reactivate it; until then remove the account from the accounts file.",
            )
        raise VendorTrouble(
            self.label,
            f"the vendor answered HTTP {status}.",
            "Look at the vendor's status page; load again later.",
        )

    def _check_version(self, response: requests.Response) -> None:
        served = response.headers.get("X-Shopify-API-Version")
        if served and served != settings.API_VERSION:
            raise VersionFellForward(
                self.label,
                f"the vendor answered with API version {served} instead of {settings.API_VERSION}, which it "
                "no longer serves; nothing was landed.",
                "Update Countinghouse to a release that reads a supported version.",
            )

    def _trouble(self, body: dict[str, Any]) -> LoaderError | None:
        errors = body.get("errors")
        if errors:
            listed = errors if isinstance(errors, list) else [errors]
            return self._error([one if isinstance(one, dict) else {"message": str(one)} for one in listed])
        extensions = body.get("extensions") or {}
        for search in extensions.get("search") or []:
            if search.get("warnings"):
                said = "; ".join(f"{one.get('field')}: {one.get('message')}" for one in search["warnings"])
                return QueryRejected(
                    self.label,
                    f"the vendor misread the search {search.get('query')!r} ({said}), so it would answer "
                    "with too much or too little.",
                    "This is a defect of Countinghouse: please report it.",
                )
        if not isinstance(body.get("data"), dict):
            return self._malformed("an answer has neither data nor errors")
        return None

    def _error(self, errors: list[dict[str, Any]]) -> LoaderError:
        """The first error decides; limits before anything else, since they say nothing about the query."""
        codes = [str((one.get("extensions") or {}).get("code", "")) for one in errors]
        first = errors[0]
        message = self.http.redact(first.get("message") or "no message").strip()
        if "THROTTLED" in codes:
            return ThrottledTooLong(
                self.label,
                "the API limit of this shop is used up;",
                "Load again later, or find what else uses up this shop's API limit.",
            )
        if "MAX_COST_EXCEEDED" in codes:
            return CostTooHigh(self.label, message, "This is a defect of Countinghouse: please report it.")
        if "ACCESS_DENIED" in codes or "not approved to access" in message:
            needed = str((first.get("extensions") or {}).get("requiredAccess") or "").strip(" .")
            return MissingScope(
                self.label,
                f"the token may not read this: {message}",
                f"Grant {needed or 'the missing access'} to the app in the shop's admin, install it again, "
                f"and put its token into {self.account.token_env}.",
            )
        if "INTERNAL_SERVER_ERROR" in codes or any(code.startswith("TIMEOUT") for code in codes):
            return VendorTrouble(
                self.label,
                f"the vendor failed: {message.splitlines()[0]};",
                "Look at the vendor's status page; load again later.",
            )
        return QueryRejected(
            self.label,
            f"the vendor refuses a query: {message} ({codes[0] or 'no code'}).",
            "This is a defect of Countinghouse, or of its pinned API version: please report it.",
        )

    def _malformed(self, what: str) -> MalformedAnswer:
        return MalformedAnswer(
            self.label,
            f"{what}; nothing of it was landed.",
            "Load again; if it stays, look at the vendor's status page and at proxies on the way.",
        )


def _throttle_pause(body: Mapping[str, Any]) -> float:
    """Seconds until the bucket holds what the query asks for."""
    cost = (body.get("extensions") or {}).get("cost") or {}
    status = cost.get("throttleStatus") or {}
    try:
        missing = float(cost["requestedQueryCost"]) - float(status["currentlyAvailable"])
        return max(0.0, missing / float(status["restoreRate"]))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return 1.0
