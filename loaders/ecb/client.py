"""The European Central Bank's files of reference rates: no key, no paging. Nothing here knows dlt."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from loaders.common.accounts import Account
from loaders.common.errors import MalformedAnswer, VendorTrouble
from loaders.common.http import Http, Patience, answered_at
from loaders.ecb import settings
from loaders.ecb.files import Days, NoRates, from_xml, from_zip

log = logging.getLogger(__name__)


@dataclass
class Client:
    """The bank's files, at its own address or at the account's `base_url`."""

    account: Account
    http: Http
    base_url: str
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def of(
        cls,
        account: Account,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> Client:
        """A client for `account`, which may say nothing at all."""
        base = account.base_url(settings.BASE_URL)
        http = Http(account.label, patience=patience or settings.PATIENCE, sleep=sleep)
        return cls(account, http, base, sleep)

    def history(self) -> tuple[Days, datetime]:
        """All days, and the moment they describe."""
        return self._read(settings.HISTORY, from_zip)

    def recent(self) -> tuple[Days, datetime]:
        """The last ninety days, and the moment they describe."""
        return self._read(settings.RECENT, from_xml)

    def _read(self, path: str, parse: Callable[[bytes], Days]) -> tuple[Days, datetime]:
        url = f"{self.base_url}/{path}"
        said = ""
        for attempt in range(settings.READS_OF_ONE_FILE):
            if attempt:
                self.sleep(self.http.patience.wait(attempt))
            # There is no secret to keep from whoever the bank redirects to.
            response = self.http.send("GET", url, private=False)
            if not response.ok:
                raise VendorTrouble(
                    self.account.label,
                    f"{url} answered HTTP {response.status_code}.",
                    "Correct `base_url` in the accounts file if there is one; otherwise load again later.",
                )
            try:
                return parse(response.content), answered_at(response)
            except NoRates as error:
                said = str(error)
                log.info("%s: %s is %s", self.account.label, url, said)
        raise MalformedAnswer(
            self.account.label,
            f"{url} is {said}; nothing of it was landed.",
            "Load again later; if it stays, look for a proxy on the way that answers in the bank's place.",
        )
