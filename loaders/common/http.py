"""One HTTP session per account: retries with back-off and jitter, Retry-After, time-outs, redaction."""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from loaders.common.errors import LoaderError, NoAnswerInTime, NoNetwork, StillLimited, VendorTrouble

log = logging.getLogger(__name__)

# Puts an account's credentials on a request that is about to go out.
Sign = Callable[[requests.PreparedRequest], requests.PreparedRequest]

RETRIED = frozenset({408, 425, 429, 430, 500, 502, 503, 504})
LIMITED = frozenset({429, 430})
QUERY_STRING = re.compile(r"(https?://[^\s?'\"]+|(?<=\s)/[^\s?'\"]*)\?[^\s'\")]+")


@dataclass(frozen=True)
class Patience:
    """How long to try. The waits double from `first` to `longest`, each with full jitter."""

    attempts: int = 6
    first: float = 0.5
    longest: float = 30.0
    longest_told: float = 300.0

    def wait(self, attempt: int, *, told: float | None = None) -> float:
        """Seconds to wait after the given failed attempt (from 0); `told` is the vendor's own wish."""
        if told is not None:
            return min(told, self.longest_told) + random.uniform(0, self.first)
        ceiling = min(self.longest, self.first * 2.0 ** min(attempt, 60))
        return random.uniform(ceiling / 2, ceiling)


class Redactor:
    """Takes secrets, and the query strings of (possibly signed) addresses, out of any text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def add(self, secret: str) -> None:
        """One more, as a token that is given only during the run."""
        if secret and secret not in self._secrets:
            self._secrets.append(secret)

    def __call__(self, value: object) -> str:
        """The text of `value` without them."""
        text = str(value)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return QUERY_STRING.sub(r"\1?***", text)


class _RedactingFilter(logging.Filter):
    """urllib3 logs every address at DEBUG, signatures included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = Redactor(())(record.getMessage()), None
        return True


logging.getLogger("urllib3.connectionpool").addFilter(_RedactingFilter())


class Http:
    """Requests on behalf of one account.

    Answers below 500 that are not about limits are returned whatever their status: what a 401 or a
    404 means is the platform's to say. So is, with `verdict`, what an answer means that stays bad.
    May be used by several threads, `connections` of them at a time.
    """

    def __init__(
        self,
        account: str,
        *,
        headers: Mapping[str, str] | None = None,
        secrets: Iterable[str] = (),
        patience: Patience | None = None,
        timeout: tuple[float, float] = (10.0, 90.0),
        retried: Container[int] = RETRIED,
        connections: int = 10,
        verdict: Callable[[requests.Response], LoaderError] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.account = account
        self.patience = patience or Patience()
        self.redact = Redactor(secrets)
        self.sleep = sleep
        self._timeout = timeout
        self._retried = retried
        self.verdict = verdict
        self._headers = dict(headers or {})
        self._is_closed = False
        self._session = requests.Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=connections))
        # An API needs no cookies, and a proxy's would be shared by requests that have nothing in common.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def close(self) -> None:
        """Give the connections back. Threads that are still at work for a run that is over ask no more."""
        self._is_closed = True
        self._session.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        data: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        sign: Sign | None = None,
        private: bool = True,
        stream: bool = False,
        hasty: bool = False,
    ) -> requests.Response:
        """One answer, after as many attempts as patience allows; `data` is sent as a form.

        `hasty` is for questions that can be asked in smaller pieces: NoAnswerInTime at the first time-out.
        `private=False` keeps the account's headers (its token) away from addresses that are not the
        vendor's API, as the storage of bulk results.
        """
        told: float | None = None
        trouble = ""
        last: requests.Response | None = None
        limited = False
        for attempt in range(self.patience.attempts):
            if attempt:
                pause = self.patience.wait(attempt - 1, told=told)
                log.info("%s: %s; trying again in %.1f s", self.account, trouble, pause)
                self.sleep(pause)
            told, limited, last = None, False, None
            if self._is_closed:
                raise NoNetwork(self.account, f"{self._place(url)}: the run is over.", "Load again.")
            try:
                answer = self._session.request(
                    method,
                    url,
                    json=json,
                    data=data,
                    params=params,
                    auth=sign or _unsigned,
                    headers={**(self._headers if private else {}), **(headers or {})},
                    timeout=self._timeout,
                    stream=stream,
                    allow_redirects=not private,
                )
            except requests.RequestException as error:
                if hasty and isinstance(error, requests.ReadTimeout):
                    raise self._late(url) from None
                trouble = self.redact(_reason(error))
                continue
            if answer.status_code not in self._retried:
                return answer
            last = answer
            limited = answer.status_code in LIMITED
            told = retry_after(answer)
            trouble = f"HTTP {answer.status_code}"
            answer.close()
        if last is not None and self.verdict:
            raise self.verdict(last)
        raise self._given_up(url, trouble, limited=limited)

    def _late(self, url: str) -> NoAnswerInTime:
        return NoAnswerInTime(
            self.account,
            f"{self._place(url)} gives no answer within {self._timeout[1]:.0f} s.",
            "The trouble is on the vendor's side: look at its status page and load again later.",
        )

    def _place(self, url: str) -> str:
        return self.redact(url).split("?", maxsplit=1)[0]

    def _given_up(self, url: str, trouble: str, *, limited: bool) -> Exception:
        place = self._place(url)
        tries = self.patience.attempts
        if limited:
            return StillLimited(
                self.account,
                f"the vendor still limits us after {tries} attempts ({trouble}).",
                "Load again later, or find what else uses up this account's API limit.",
            )
        if trouble.startswith("HTTP "):
            return VendorTrouble(
                self.account,
                f"{place} answered {trouble} {tries} times.",
                "The trouble is on the vendor's side: look at its status page and load again later.",
            )
        return NoNetwork(
            self.account,
            f"{place} cannot be reached ({trouble}; {tries} attempts).",
            "Check this machine's network, and the account's address in the accounts file.",
        )


def _unsigned(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials: without this, `requests` looks for some in a .netrc file."""
    return request


def retry_after(answer: requests.Response) -> float | None:
    """The Retry-After header in seconds: a number or a date; None where it is absent or unreadable."""
    value = answer.headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def answered_at(answer: requests.Response) -> datetime:
    """When the vendor gave this answer, by the vendor's own clock where it says so.

    Its documents carry times of that clock, so ours would order versions wrongly by the difference.
    """
    try:
        moment = parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError:
        return datetime.now(UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "connection dropped in mid-answer"
    if isinstance(error, requests.exceptions.ConnectionError):
        return "no connection"
    return type(error).__name__
