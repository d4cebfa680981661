"""A sandbox inside another process, on a port of its own: for tests, and for commands in need of one."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from sandbox.server import Server
from sandbox.state import Sandbox

HOST = "127.0.0.1"
PATIENCE = 10.0


@dataclass(frozen=True)
class Running:
    """A sandbox that answers at `url`; `sandbox` and `server` are its insides."""

    url: str
    sandbox: Sandbox
    server: Server


@contextmanager
def running(world: Any, *, seed: int = 7, **options: Any) -> Iterator[Running]:
    """Serve `world` on a free loopback port while the block runs."""
    sandbox = Sandbox(world, seed=seed)
    server = Server(sandbox, **options)
    listener = socket.socket()
    listener.bind((HOST, 0))
    config = uvicorn.Config(
        server.app(), log_level="critical", access_log=False, lifespan="off", date_header=False
    )
    web = uvicorn.Server(config)
    thread = threading.Thread(target=web.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    patience = time.monotonic() + PATIENCE
    while not web.started and time.monotonic() < patience:
        time.sleep(0.005)
    try:
        yield Running(f"http://{HOST}:{listener.getsockname()[1]}", sandbox, server)
    finally:
        web.should_exit = True
        thread.join(PATIENCE)
        listener.close()
