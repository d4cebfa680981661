"""The HTTP session against a server that misbehaves on order."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from loaders.common.errors import NoNetwork, StillLimited, VendorTrouble
from loaders.common.http import Http, Patience, Redactor

SECRET = "shpat_very_secret"
QUICK = Patience(attempts=3, first=0.01, longest=0.02, longest_told=5.0)


class Server:
    """Answers with the statuses given, then with 200."""

    def __init__(self) -> None:
        self.script: list[tuple[int, dict[str, str]]] = []
        self.seen: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append(dict(self.headers))
                status, headers = outer.script.pop(0) if outer.script else (200, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: object) -> None:
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()


def client(waits: list[float]) -> Http:
    return Http(
        "shopify/x", headers={"X-Token": SECRET}, secrets=[SECRET], patience=QUICK, sleep=waits.append
    )


def test_passing_trouble_is_tried_again_with_growing_waits(server: Server) -> None:
    server.script = [(503, {}), (502, {})]
    waits: list[float] = []
    assert client(waits).send("GET", server.url).status_code == 200
    assert len(server.seen) == 3
    assert 0.005 <= waits[0] <= 0.01 <= waits[1] <= 0.02


def test_however_often_was_waited_the_next_wait_is_the_longest() -> None:
    assert 15.0 <= Patience(first=0.5, longest=30.0).wait(5_000) <= 30.0


def test_retry_after_is_obeyed(server: Server) -> None:
    server.script = [(429, {"Retry-After": "3"})]
    waits: list[float] = []
    client(waits).send("GET", server.url)
    assert 3.0 <= waits[0] < 3.1


@pytest.mark.parametrize(("status", "error"), [(429, StillLimited), (500, VendorTrouble)])
def test_lasting_trouble_is_named_by_its_cause(
    server: Server, status: int, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.script = [(status, {})] * 9
    with pytest.raises(error, match="shopify/x") as caught:
        client([]).send("GET", f"{server.url}/file?Signature=abc123&Expires=9")
    told = str(caught.value) + caplog.text
    assert "Remedy:" in told
    assert SECRET not in told
    assert "abc123" not in told


def test_no_network_says_so() -> None:
    with pytest.raises(NoNetwork, match="cannot be reached"):
        client([]).send("GET", "http://127.0.0.1:9/")


def test_nobody_asks_after_the_run_is_over(server: Server) -> None:
    http = client([])
    server.script = [(503, {})] * 3
    http.sleep = lambda _: http.close()
    with pytest.raises(NoNetwork, match=r"shopify/x: .* the run is over"):
        http.send("GET", server.url)
    with pytest.raises(NoNetwork):
        http.send("GET", server.url)
    assert len(server.seen) == 1


def test_the_token_stays_away_from_other_addresses(server: Server) -> None:
    http = client([])
    http.send("GET", server.url)
    http.send("GET", server.url, private=False)
    assert [SECRET in seen.values() for seen in server.seen] == [True, False]


def test_secrets_and_query_strings_are_taken_out_of_texts() -> None:
    redact = Redactor([SECRET])
    text = redact(f"GET https://storage.example/bulk?Signature=x&Expires=1 with {SECRET}")
    assert text == "GET https://storage.example/bulk?*** with ***"
    for place in ("/", "/blog/", "/wp-json/wc/v3"):
        logged = f'https://shop.example:443 "GET {place}?consumer_secret=x HTTP/1.1" 200 None'
        assert redact(logged) == f'https://shop.example:443 "GET {place}?*** HTTP/1.1" 200 None'
