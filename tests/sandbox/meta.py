"""The least that can talk to Meta's stand-in: no retries, no paging, no opinion."""

from __future__ import annotations

import json
from typing import Any

import requests

from sandbox.running import Running
from tests.sandbox.ads_world import secrets

ACT = "act_550000000000001"


class Meta:
    """One account's token."""

    def __init__(self, here: Running, account: str, version: str = "v26.0") -> None:
        self.root = f"{here.url}/meta_ads"
        self.base = f"{self.root}/{version}"
        self.secrets = secrets(here, "meta_ads", account)
        self.token = self.secrets["token"]

    def ask(self, path: str, *, post: bool = False, **sent: Any) -> requests.Response:
        """The raw answer; the token goes with the parameters."""
        given = {"access_token": self.token, **sent}
        if post:
            return requests.post(f"{self.base}/{path}", data=given, timeout=20)
        return requests.get(f"{self.base}/{path}", params=given, timeout=20)

    def get(self, path: str, *, post: bool = False, **sent: Any) -> dict[str, Any]:
        """An answer that has to be one."""
        answer = self.ask(path, post=post, **sent)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def error(self, path: str, *, status: int = 400, post: bool = False, **sent: Any) -> dict[str, Any]:
        """The error of an answer that has to be one."""
        answer = self.ask(path, post=post, **sent)
        assert answer.status_code == status, answer.text
        error: dict[str, Any] = answer.json()["error"]
        return error

    def batch(self, *entries: dict[str, str]) -> list[Any]:
        """The answers of a batch."""
        sent = {"access_token": self.token, "batch": json.dumps(list(entries))}
        answer = requests.post(self.root, data=sent, timeout=20)
        assert answer.status_code == 200, answer.text
        return list(answer.json())
