"""What a shop's refusals mean, each with its remedy. No message holds a key: they go through the redactor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests

from loaders.common.accounts import Account
from loaders.common.errors import (
    LoaderError,
    MalformedAnswer,
    MissingScope,
    QueryRejected,
    StillLimited,
    UnknownShop,
    VendorTrouble,
    WrongToken,
)
from loaders.common.http import answered_at
from loaders.woocommerce.answers import NoJson, is_page, read, words

ANONYMOUS = ("woocommerce_rest_cannot_view", "rest_forbidden", "woocommerce_rest_cannot_read")
LOGS = "Look into WooCommerce > Status > Logs and the host's PHP error log; load again when it is mended."


class Gone(LoaderError):
    """There is no such thing (any more); `at` is when the shop said so."""

    def __init__(self, account: str, cause: str, remedy: str, *, at: datetime) -> None:
        super().__init__(account, cause, remedy)
        self.at = at


class NoRoute(LoaderError):
    """This shop's WooCommerce has no such address: it is too old, or a part of it is switched off."""


class SiteDown(LoaderError):
    """The whole site is closed or out of order, for every resource alike."""

    stops_account = True


@dataclass(frozen=True)
class Refusals:
    """The refusals of one account's shop."""

    account: Account
    redact: Callable[[object], str]

    def of(self, response: requests.Response, route: str) -> LoaderError:
        """What an answer that is no success means."""
        code, message = self._said(response)
        status = response.status_code
        if 300 <= status < 400:
            return self._redirect(response)
        if code is None:
            return self.page(response, route)
        if status == 401:
            return self._unauthorised(code, message)
        if status == 403:
            return self._forbidden(message, route)
        if status in (404, 410) and code.endswith("_id"):
            return Gone(self._label, f"{route}: {message}", "Load again.", at=answered_at(response))
        return self._rejected(status, code, message, route)

    def _rejected(self, status: int, code: str, message: str, route: str) -> LoaderError:
        if status == 404 and code == "rest_no_route":
            return NoRoute(
                self._label,
                f"the shop has no {route}: {message}",
                "Activate WooCommerce on the site, or update it (5.8 or newer is needed).",
            )
        return QueryRejected(
            self._label,
            f"the shop refuses {route}: {message} ({code}, HTTP {status}).",
            "Update WooCommerce if it is older than 5.8; otherwise report this.",
        )

    def lasting(self, response: requests.Response) -> LoaderError:
        """What trouble means that stayed for all attempts."""
        status = response.status_code
        _, message = self._said(response)
        if status in (429, 430):
            return StillLimited(
                self._label,
                f"the shop's host still limits us after several attempts (HTTP {status}: {message}).",
                f"Load again later, or set a smaller `concurrency` in [{self._table}] of the accounts file.",
            )
        if status == 503:
            return SiteDown(
                self._label,
                f"the site is closed (HTTP 503: {message}).",
                "It is in maintenance or overloaded: load again when it is back.",
            )
        if status == 508 or status >= 520:
            return SiteDown(
                self._label,
                f"the shop's host does not let us through (HTTP {status}: {message}).",
                f"Load again later, or set a smaller `concurrency` in [{self._table}] of the accounts file.",
            )
        return VendorTrouble(self._label, f"the site keeps failing (HTTP {status}: {message}).", LOGS)

    def page(self, response: requests.Response, route: str) -> LoaderError:
        """What an answer without JSON means."""
        status, said = response.status_code, self._words(response.content)
        kind = "a web page" if is_page(response.content) else "no JSON"
        if status == 403:
            return VendorTrouble(
                self._label,
                f"something in front of the shop blocks {route} (HTTP 403, {kind}: {said}).",
                "Allow this machine and /wp-json/wc/ in the host's firewall or the security plugin.",
            )
        if status in (404, 410):
            return UnknownShop(
                self._label,
                f"there is no WooCommerce API at {self.account.option('url')} (HTTP {status}: {said}).",
                f"Correct `url` in [{self._table}]: the address of the site, with its sub-folder.",
            )
        return MalformedAnswer(
            self._label,
            f"{route} answers with {kind} (HTTP {status}: {said}); nothing of it was landed.",
            "Load again; if it stays, look for plugins that print into the API, caches and login pages.",
        )

    def hidden(self, response: requests.Response) -> LoaderError:
        """A site that describes itself to nobody who is not logged in."""
        return UnknownShop(
            self._label,
            f"the site hides its API from visitors: {self._said(response)[1]} (HTTP {response.status_code}).",
            "Let the security plugin allow reading /wp-json/ without login: the time zone is told there.",
        )

    def odd(self, route: str, what: str) -> LoaderError:
        """An answer that is JSON and not what was asked for."""
        return MalformedAnswer(
            self._label,
            f"the answer of {route} {what}; nothing of it was landed.",
            "Load again; if it stays, look for plugins that change the API, and report it.",
        )

    @property
    def _label(self) -> str:
        return self.account.label

    @property
    def _table(self) -> str:
        return f"{self.account.platform}.{self.account.name}"

    def _said(self, response: requests.Response) -> tuple[str | None, str]:
        """The vendor's code (None: no JSON) and message, cleaned of markup and secrets."""
        try:
            body: Any = read(response.content)[0]
        except NoJson:
            body = None
        if not isinstance(body, dict) or not isinstance(body.get("code"), str | int):
            return None, self._words(response.content)
        return str(body["code"]), self._words(str(body.get("message", "")).encode())

    def _words(self, content: bytes) -> str:
        """The first words of an answer without secrets; also before they are cut off in the middle of one."""
        return self.redact(words(self.redact(content.decode("utf-8", "replace")).encode()))

    def _redirect(self, response: requests.Response) -> LoaderError:
        target = response.headers.get("Location", "").partition("?")[0]
        target = self.redact(target.partition("/wp-json")[0].rstrip("/")) or "elsewhere"
        return UnknownShop(
            self._label,
            f"the site sends us to {target} (HTTP {response.status_code}); its keys go nowhere but to "
            "the address that is configured.",
            f'If that is the shop, set url = "{target}" in [{self._table}] of the accounts file.',
        )

    def _unauthorised(self, code: str, message: str) -> LoaderError:
        key, secret = self.account.secret_env("key"), self.account.secret_env("secret")
        remedy = f"Put consumer key and secret of the same REST API key into {key} and {secret}."
        said = message.lower()
        if "read permission" in said:
            remedy = "Give the key the permission Read (WooCommerce > Settings > Advanced > REST API)."
        elif "timestamp" in said:
            remedy = "Set this machine's clock (or the site's) right: they differ by more than 15 minutes."
        elif "signature" in said:
            remedy = (
                f"Copy the secret into {secret} again; if it is right, set `url` to the site's own address "
                "(Settings > General), which the signature covers."
            )
        elif code in ANONYMOUS:
            remedy = (
                f"Put the consumer key of an existing REST API key into {key}. If it is right, let the web "
                "server pass the Authorization header on, and let WordPress know that it is reached by https."
            )
            message = f"it does not know the key in {key} ({message})"
        return WrongToken(self._label, f"the shop does not accept its key: {message} (HTTP 401).", remedy)

    def _forbidden(self, message: str, route: str) -> LoaderError:
        return MissingScope(
            self._label,
            f"the key's user may not read {route}: {message} (HTTP 403)",
            "Create the key for a user who is Administrator or Shop manager, and put it into "
            f"{self.account.secret_env('key')} and {self.account.secret_env('secret')}.",
        )
