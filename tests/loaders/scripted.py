"""A vendor of a few lines: an HTTP server on loopback that says whatever a test wants."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True)
class Asked:
    """One request; header names in lower case."""

    method: str
    path: str
    query: Json
    headers: dict[str, str]
    body: bytes


class Vendor:
    """Answers requests, after `latency` seconds; `most_busy` is the most of them at once."""

    def __init__(self) -> None:
        self.latency = 0.0
        self.busy = self.most_busy = 0

    def answer(self, path: str, query: Json) -> Answer:
        """Status, headers, body."""
        raise NotImplementedError

    def reply(self, asked: Asked) -> Answer:
        """The same for vendors to whom method, headers or body matter.

        One that raises ConnectionAbortedError hangs up without an answer.
        """
        return self.answer(asked.path, asked.query)


@contextmanager
def serving(vendor: Vendor) -> Iterator[str]:
    """The vendor's address while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {key: values[-1] for key, values in parse_qs(url.query).items()}
            given = {name.lower(): value for name, value in self.headers.items()}
            content = self.rfile.read(int(given.get("content-length", 0)))
            asked = Asked(self.command, url.path, query, given, content)
            vendor.busy += 1
            vendor.most_busy = max(vendor.most_busy, vendor.busy)
            time.sleep(vendor.latency)
            try:
                status, headers, body = vendor.reply(asked)
            except ConnectionAbortedError:
                self.close_connection = True
                return
            finally:
                vendor.busy -= 1
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
