"""One call of the graph, alone or inside a batch, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.meta_ads.access import Credentials
from sandbox.meta_ads.runs import is_run

Take = Callable[[str], dict[str, Any] | None]


@dataclass(frozen=True)
class Call:
    """What is asked; `root` is the address below which the graph lies, `path` begins with the version."""

    method: str
    root: str
    path: str
    sent: Mapping[str, str]
    credentials: Credentials

    @property
    def address(self) -> str:
        """The whole address without parameters."""
        return f"{self.root}/{self.path}"

    @property
    def text(self) -> str:
        """What faults look for their `match` in: everything but the token."""
        return f"{self.path}?{self.sent}"

    @property
    def route(self) -> str:
        """What faults call it: the edge, `insights/start` for a new run, `run`, `account` or `object`."""
        node, edge = (*self.path.split("/")[1:], "", "")[:2]
        if node == "me":
            return f"me/{edge}".rstrip("/")
        if is_run(node):
            return f"run/{edge}".rstrip("/")
        if edge == "insights" and self.method == "POST":
            return "insights/start"
        return edge or ("account" if node.startswith("act_") else "object")


@dataclass(frozen=True)
class Answer:
    """A status, a JSON value and headers of its own."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


def split(sent: Mapping[str, str], authorization: str) -> tuple[dict[str, str], Credentials]:
    """Parameters, and what of them and of the header says who is asking; a parameter goes first."""
    rest = {name: value for name, value in sent.items() if name not in ("access_token", "appsecret_proof")}
    kind, _, bearer = authorization.partition(" ")
    in_header = "access_token" not in sent and kind.lower() in ("bearer", "oauth") and bool(bearer)
    token = bearer.strip() if in_header else sent.get("access_token")
    return rest, Credentials(token, in_header, sent.get("appsecret_proof"))


def entry_of(batch: Call, entry: Mapping[str, Any]) -> Call:
    """An entry of a batch as a call; without a token of its own it has the batch's."""
    address = urlsplit(str(entry.get("relative_url", "")).lstrip("/"))
    sent = dict(parse_qsl(address.query, keep_blank_values=True))
    sent.update(parse_qsl(str(entry.get("body", "")), keep_blank_values=True))
    rest, own = split(sent, "")
    path, version = address.path, batch.path
    if version and not path.startswith("v"):
        path = f"{version}/{path}"
    credentials = own if own.token else batch.credentials
    return Call(str(entry.get("method", "GET")).upper(), batch.root, path.rstrip("/"), rest, credentials)
