"""TikTok's API for Business of one advertiser: token, limits, errors, pages. Nothing here knows dlt.

Lists and objects travel as JSON inside the query string, paths end in a slash, HTTP's status says nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import requests

from loaders.common.accounts import Account
from loaders.common.crew import Crew
from loaders.common.errors import AccountMisconfigured, MalformedAnswer, ThrottledTooLong, VendorTrouble
from loaders.common.http import Http, Patience, answered_at
from loaders.common.pace import Pace
from loaders.common.texts import parse_if_json
from loaders.tiktok_ads import settings
from loaders.tiktok_ads.refusals import Refusals

log = logging.getLogger(__name__)
Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """`data` of one answer, and the moment it describes."""

    data: Json
    at: datetime


@dataclass
class Client:
    """The API of one advertiser; may be used by several threads."""

    account: Account
    http: Http
    base_url: str
    advertiser_id: str
    crew: Crew
    pace: Pace
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`; its token is read from the environment now."""
        advertiser = account.option("advertiser_id")
        if not advertiser.isascii() or not advertiser.isdigit():
            raise AccountMisconfigured(
                account.label,
                "`advertiser_id` in the accounts file is no advertiser's id.",
                f'Write advertiser_id = "7100000000000000000" in [{account.platform}.{account.name}].',
            )
        token = account.secret()
        crew = Crew(account.concurrency(settings.CONCURRENCY, most=settings.MOST_CONCURRENCY))
        http = Http(
            account.label,
            headers={"Access-Token": token, "Accept": "application/json"},
            secrets=[token],
            patience=patience or settings.PATIENCE,
            connections=crew.size,
            sleep=sleep,
        )
        pace = Pace(account.label, gap=1 / settings.REQUESTS_PER_SECOND, sleep=sleep)
        base = account.base_url(settings.BASE_URL)
        return cls(account, http, base, advertiser, crew, pace, sleep)

    @property
    def refusals(self) -> Refusals:
        """What this account's refusals mean."""
        return Refusals(self.account, self.http.redact)

    def probe(self) -> Answer:
        """The advertiser itself: the first question of every run."""
        asked = {"advertiser_ids": [self.advertiser_id], "fields": settings.ADVERTISER_FIELDS}
        answer = self.get("advertiser/info/", asked)
        found = answer.data.get("list")
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.refusals.malformed("the advertiser's description is missing")
        advertiser = next((one for one in found if str(one.get("advertiser_id")) == self.advertiser_id), None)
        if advertiser is None:
            raise self.refusals.no_advertiser(f"the vendor describes none with the id {self.advertiser_id}")
        if not advertiser.get("currency") or not (
            advertiser.get("display_timezone") or advertiser.get("timezone")
        ):
            raise self.refusals.malformed("the advertiser's description has no currency or no time zone")
        return Answer(advertiser, answer.at)

    def get(self, path: str, given: Mapping[str, Any]) -> Answer:
        """One answer; limits are waited out, passing trouble is tried again."""
        trouble_of, attempt, waited, limits = settings.TROUBLE, 0, 0.0, 0
        while True:
            self.pace.wait()
            response = self._send(path, given)
            body = parse_if_json(response.content)
            trouble = self.refusals.of(response, body, path)
            if trouble is None:
                return self._answer(body, response, path)
            if isinstance(trouble, ThrottledTooLong):
                pause = settings.THROTTLE_WAIT.wait(limits)
                waited, limits = waited + pause, limits + 1
                if waited > settings.THROTTLE_PATIENCE_SECONDS:
                    raise self.refusals.throttled_too_long(trouble)
                log.info("%s waiting %.0f s", trouble.cause, pause)
                self.pace.hold(pause)
            elif isinstance(trouble, VendorTrouble | MalformedAnswer) and attempt + 1 < trouble_of.attempts:
                pause = trouble_of.wait(attempt)
                attempt += 1
                log.info("%s trying again in %.0f s", trouble.cause, pause)
                self.sleep(pause)
            else:
                raise trouble

    def pages(self, path: str, given: Mapping[str, Any]) -> Iterator[tuple[list[Json], int, datetime]]:
        """The rows of a report page by page, how many it has in all, and the moment of each page."""
        page = 1
        while True:
            answer = self.get(path, {**given, "page": page, "page_size": settings.ROWS_PER_PAGE})
            rows, info = answer.data.get("list"), answer.data.get("page_info")
            if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
                raise self.refusals.malformed(f"{path} has no list of objects")
            if not isinstance(info, dict) or not {"total_page", "total_number"} <= info.keys():
                raise self.refusals.malformed(f"{path} does not say how many pages it has")
            yield rows, int(info["total_number"]), answer.at
            if page >= int(info["total_page"]):
                return
            page += 1

    def close(self) -> None:
        """Give threads and connections back."""
        self.crew.close()
        self.http.close()

    def _send(self, path: str, given: Mapping[str, Any]) -> requests.Response:
        params = {name: one if isinstance(one, str) else _text(one) for name, one in given.items()}
        url = f"{self.base_url}/open_api/{settings.API_VERSION}/{path}"
        return self.http.send("GET", url, params=params)

    def _answer(self, body: Json, response: requests.Response, path: str) -> Answer:
        data = body.get("data")
        if not isinstance(data, dict):
            raise self.refusals.malformed(f"{path} answered without data")
        return Answer(data, answered_at(response))


def _text(value: object) -> str:
    return orjson.dumps(value).decode()
