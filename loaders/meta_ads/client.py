"""Meta's Marketing API of one ad account: token, limits, errors, pages. Nothing here knows dlt.

The token travels in a header. The vendor's own links to the next page carry it in their address, so they are
neither followed nor kept: the next page is asked for by its cursor.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests

from loaders.common.accounts import Account
from loaders.common.crew import Crew
from loaders.common.errors import (
    AccountMisconfigured,
    LoaderError,
    MalformedAnswer,
    NoAnswerInTime,
    ThrottledTooLong,
    VendorTrouble,
    VersionFellForward,
)
from loaders.common.http import Http, Patience, answered_at
from loaders.common.pace import Pace
from loaders.common.texts import parse_if_json
from loaders.meta_ads import settings
from loaders.meta_ads.refusals import CursorLost, Refusals, TooMuch
from loaders.meta_ads.usage import told_seconds, used_percent

log = logging.getLogger(__name__)
Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """The JSON object of one answer, and the moment it describes."""

    body: Json
    at: datetime


@dataclass
class Client:
    """The API of one ad account; may be used by several threads."""

    account: Account
    http: Http
    base_url: str
    node: str
    crew: Crew
    pace: Pace
    proof: str | None = field(default=None, repr=False)
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`; its token and app secret are read from the environment now."""
        node = _node(account)
        base = account.base_url(settings.BASE_URL)
        token, app_secret = account.secret(), account.optional_secret("app_secret")
        proof = _proof(app_secret, token) if app_secret else None
        crew = Crew(account.concurrency(settings.CONCURRENCY, most=settings.MOST_CONCURRENCY))
        http = Http(
            account.label,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            secrets=[token, app_secret or "", proof or ""],
            patience=patience or settings.PATIENCE,
            retried=settings.RETRIED_STATUSES,
            connections=crew.size,
            sleep=sleep,
        )
        pace = Pace(account.label, sleep=sleep)
        return cls(account, http, base, node, crew, pace, proof, sleep)

    @property
    def refusals(self) -> Refusals:
        """What this account's refusals mean."""
        return Refusals(self.account, self.http.redact)

    def probe(self) -> Answer:
        """The ad account itself: the first question of every run."""
        answer = self.get(self.node, {"fields": ",".join(settings.ACCOUNT_FIELDS)})
        for name in ("id", "currency", "timezone_name"):
            if not isinstance(answer.body.get(name), str):
                raise self.refusals.malformed(f"the ad account's description has no {name}")
        return answer

    def get(self, path: str, params: Mapping[str, str], *, is_list: bool = False) -> Answer:
        """One answer; limits are waited out, passing trouble is tried again.

        A list that takes too long is too much: it is better asked for in smaller pieces.
        """
        return self._ask("GET", path, params, hasty=is_list)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """The same for what the vendor is to make."""
        return self._ask("POST", path, form)

    def pages(
        self, path: str, params: Mapping[str, str], *, size: int, least: int = settings.LEAST_PER_PAGE
    ) -> Iterator[tuple[list[Json], datetime]]:
        """The rows of a list, page by page, with the moment each page describes.

        A page that is too much is asked for again with half the size. Raises TooMuch where one of `least`
        rows still is, CursorLost where the list has to be read again from its start.
        """
        after: str | None = None
        while True:
            place = {"after": after} if after else {}
            try:
                answer = self.get(path, {**params, **place, "limit": str(size)}, is_list=True)
            except TooMuch:
                if size // 2 < least:
                    raise
                size //= 2
                log.info("%s: %s by pages of %d rows", self.account.label, path, size)
                continue
            rows = answer.body.get("data")
            if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
                raise self.refusals.malformed(f"{path} is no list of objects")
            yield rows, answer.at
            before, after = after, self._next(answer.body, path)
            if after is None:
                return
            if after == before:
                raise self.refusals.malformed(f"{path} says that there are more pages, but not where")

    def rows(
        self, path: str, params: Mapping[str, str], *, size: int, least: int = settings.LEAST_PER_PAGE
    ) -> tuple[list[Json], datetime]:
        """All rows of a list, and the moment that its first page describes."""
        for left in reversed(range(settings.READS_OF_A_LIST)):
            try:
                pages = list(self.pages(path, params, size=size, least=least))
            except CursorLost:
                if not left:
                    raise
                continue
            return [row for page, _ in pages for row in page], min(at for _, at in pages)
        raise AssertionError("no reading of a list")

    def close(self) -> None:
        """Give threads and connections back."""
        self.crew.close()
        self.http.close()

    def _next(self, body: Json, path: str) -> str | None:
        """The cursor of the next page; on the last one there is a cursor and no link."""
        paging = body.get("paging")
        if not isinstance(paging, dict) or not paging.get("next"):
            return None
        cursor = (paging.get("cursors") or {}).get("after")
        if not isinstance(cursor, str) or not cursor:
            raise self.refusals.malformed(f"{path} says that there are more pages, but not where")
        return cursor

    def _ask(self, method: str, path: str, given: Mapping[str, str], *, hasty: bool = False) -> Answer:
        patience, attempt, waited, limits = self.http.patience, 0, 0.0, 0
        while True:
            self.pace.wait()
            response = self._send(method, path, given, hasty=hasty)
            body = parse_if_json(response.content)
            trouble = self.refusals.of(response, body, path)
            if trouble is None:
                self._check_version(response)
                self._heed(response)
                return Answer(body, answered_at(response))
            if isinstance(trouble, ThrottledTooLong):
                pause = told_seconds(response.headers) or settings.THROTTLE_WAIT.wait(limits)
                waited, limits = waited + pause, limits + 1
                if waited > settings.THROTTLE_PATIENCE_SECONDS:
                    raise self.refusals.throttled_too_long(trouble, pause)
                log.info("%s waiting %.0f s", trouble.cause, pause)
                self.pace.hold(pause)
            elif _passes(trouble) and attempt + 1 < patience.attempts:
                pause = patience.wait(attempt)
                attempt += 1
                log.info("%s trying again in %.1f s", trouble.cause, pause)
                self.sleep(pause)
            else:
                raise trouble

    def _send(self, method: str, path: str, given: Mapping[str, str], *, hasty: bool) -> requests.Response:
        signed = {**given, **({"appsecret_proof": self.proof} if self.proof else {})}
        url = f"{self.base_url}/{settings.API_VERSION}/{path}"
        if method == "POST":
            return self.http.send(method, url, data=signed)
        try:
            return self.http.send(method, url, params=signed, hasty=hasty)
        except NoAnswerInTime as error:
            raise TooMuch(self.account.label, error.cause, error.remedy) from None

    def _heed(self, response: requests.Response) -> None:
        """Before a limit is reached, the next request waits a little."""
        used = used_percent(response.headers)
        if used >= settings.NEAR_LIMIT_PERCENT:
            told = told_seconds(response.headers) or settings.NEAR_LIMIT_SECONDS
            log.info("%s: %.0f %% of a limit are used up", self.account.label, used)
            self.pace.hold(min(told, settings.THROTTLE_PATIENCE_SECONDS))

    def _check_version(self, response: requests.Response) -> None:
        served = response.headers.get("facebook-api-version")
        if served and served != settings.API_VERSION:
            raise VersionFellForward(
                self.account.label,
                f"the vendor answered with API version {served} instead of {settings.API_VERSION}; "
                "nothing was landed.",
                "Update Countinghouse to a release that reads a supported version.",
            )


def _passes(trouble: LoaderError) -> bool:
    return isinstance(trouble, VendorTrouble | MalformedAnswer)


def _proof(app_secret: str, token: str) -> str:
    """That whoever has the token has the app's secret as well."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _node(account: Account) -> str:
    """The ad account's id, which people write with and without its prefix."""
    digits = account.option("account_id").removeprefix("act_")
    if not digits.isascii() or not digits.isdigit():
        raise AccountMisconfigured(
            account.label,
            "`account_id` in the accounts file is no ad account's id.",
            f'Write account_id = "act_1234567890" in [{account.platform}.{account.name}].',
        )
    return f"act_{digits}"
