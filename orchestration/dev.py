"""`python -m orchestration.dev [--port N]`: Dagster's web UI and its daemon on the loopback address.

It brings the warehouse up, then becomes `dagster dev`. Whose accounts are loaded is decided by ACCOUNTS_FILE.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys

import warehouse
from orchestration.instance import environment
from warehouse import ROOT, WarehouseError, get_settings

log = logging.getLogger("orchestration.dev")
HOST = "127.0.0.1"


def main() -> int:
    """Start the UI; does not return while it runs."""
    parser = argparse.ArgumentParser(prog="python -m orchestration.dev", description=__doc__)
    parser.add_argument("--port", type=int, default=3000)
    port = parser.parse_args().port
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        warehouse.start()
    except WarehouseError as error:
        log.error("error: %s", error)
        return 1
    accounts_file = get_settings().accounts_file
    if not accounts_file.exists():
        log.warning(
            "There is no accounts file at %s: the assets show, but have no accounts to load. "
            "`make dev` opens the practice shop then; docs/runbook.md tells how to add an account.",
            accounts_file,
        )
    if _is_taken(port):
        log.error(
            "error: port %d on %s is taken: stop what listens there, or choose another --port", port, HOST
        )
        return 1
    log.info("Dagster's web UI: http://%s:%d (stop with Ctrl-C)", HOST, port)
    words = [sys.executable, "-W", "ignore", "-m", "dagster", "dev", "-m", "orchestration.definitions"]
    words += ["-h", HOST, "-p", str(port), "--log-level", "warning"]
    os.chdir(ROOT)
    # A shell starts background commands deaf to SIGINT, and Dagster would then ignore SIGTERM as well.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stderr.flush()
    os.execve(sys.executable, words, {**os.environ, **environment()})


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
