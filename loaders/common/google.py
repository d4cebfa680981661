"""What Google's APIs have in common: tokens on requests, one envelope of errors, limits that are waited out.

A token that is refused is renewed once. A web page in place of JSON is a wrong address, and so is every path
that Google does not know: it never answers those with JSON.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import requests

from loaders.common.accounts import Account
from loaders.common.errors import LoaderError, MalformedAnswer
from loaders.common.google_auth import Tokens
from loaders.common.google_problems import Common, Problem, problem_of
from loaders.common.http import RETRIED, Http, Patience, answered_at
from loaders.common.pace import Pace
from loaders.common.texts import parse_if_json

log = logging.getLogger(__name__)
Json = dict[str, Any]

# Limits are the API's own to explain: each says in its words when to come back.
PASSING = RETRIED - {429, 430}


@dataclass(frozen=True)
class Answer:
    """The JSON of one answer, and the moment it describes."""

    body: Json
    at: datetime


class Vendor(Protocol):
    """What an API knows that the others do not."""

    def pause(self, problem: Problem, attempt: int) -> float | None:
        """Seconds after which a limit may be gone; None: no limit, or not worth waiting for."""

    def refusal(self, problem: Problem) -> LoaderError | None:
        """The error of a refusal; None where it is not this API's own."""

    def words(self, problem: Problem) -> str:
        """What the vendor says, as far as this API knows where it says it; '' where it says nothing."""


@dataclass
class Google:
    """One of Google's APIs on behalf of one account; may be used by several threads."""

    account: Account
    http: Http
    tokens: Tokens
    base_url: str
    api: str
    vendor: Vendor
    # Seconds for which limits are waited out, in all, for one question.
    limit_patience: float
    sleep: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        # What one answer says of the account's limits, all threads keep to.
        self._pace = Pace(self.account.label, sleep=self.sleep)
        self.http.verdict = lambda response: self._refusal(self._problem(response))

    def ask(self, method: str, path: str, body: Json | None = None) -> Answer:
        """One answer. Limits are waited out, passing trouble is tried again; errors as in the house."""
        waited, limited = 0.0, 0
        for _ in range(self.http.patience.attempts):
            while (response := self._send(method, path, body)).status_code != 200:
                problem = self._problem(response)
                pause = self.vendor.pause(problem, limited)
                if pause is None or waited + pause > self.limit_patience:
                    raise self._refusal(problem)
                log.info("%s: %s", self.account.label, problem.message)
                self._pace.hold(pause)
                waited, limited = waited + pause, limited + 1
            found = parse_if_json(response.content)
            if isinstance(found, dict):
                return Answer(found, answered_at(response))
            log.info("%s: %s is no JSON object; trying again", self.account.label, path)
            self.sleep(self.http.patience.wait(0))
        raise self.odd(f"{path} answers with no JSON object")

    def odd(self, what: str) -> MalformedAnswer:
        """The error of an answer that is not what was asked for."""
        return MalformedAnswer(
            self.account.label,
            f"{what}; nothing of it was landed.",
            "Load again; if it stays, look for a proxy that answers in Google's place, and report it.",
        )

    def close(self) -> None:
        """Give the connections back."""
        self.http.close()
        self.tokens.close()

    def _send(self, method: str, path: str, body: Json | None) -> requests.Response:
        self._pace.wait()
        token = self.tokens.current()
        response = self._signed(method, path, body, token)
        if response.status_code == 401:
            self.tokens.refused(token)
            response = self._signed(method, path, body, self.tokens.current())
        return response

    def _signed(self, method: str, path: str, body: Json | None, token: str) -> requests.Response:
        self.http.redact.add(token)

        def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["Authorization"] = f"Bearer {token}"
            return request

        return self.http.send(method, f"{self.base_url}/{path}", json=body, sign=sign)

    def _problem(self, response: requests.Response) -> Problem:
        return problem_of(response, self.http.redact)

    def _refusal(self, problem: Problem) -> LoaderError:
        """What a problem means: first what concerns the project, then the API's own, then what is left."""
        common = Common(self.account, self.api, self.base_url)
        own = common.of_project(problem) or self.vendor.refusal(problem)
        return own or common.of_any(replace(problem, message=self.vendor.words(problem)))


def http_of(
    account: Account,
    tokens: Tokens,
    *,
    patience: Patience,
    connections: int,
    headers: dict[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Http:
    """The session of an account that asks one of Google's APIs."""
    http = Http(
        account.label,
        headers={"Accept": "application/json", **(headers or {})},
        patience=patience,
        retried=PASSING,
        connections=connections,
        sleep=sleep,
    )
    http.redact = tokens.redact
    return http
