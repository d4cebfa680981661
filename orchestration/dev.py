"""`python -m orchestration.dev [--port N]`: Dagster's web UI and its daemon on the loopback address.

It brings the warehouse up, then becomes `dagster dev`. Whose accounts are loaded is decided by ACCOUNTS_FILE.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

import warehouse
from orchestration.instance import environment
from warehouse import ROOT, WarehouseError, get_settings

log = logging.getLogger("orchestration.dev")


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
    log.info("Dagster's web UI: http://127.0.0.1:%d (stop with Ctrl-C)", port)
    words = [sys.executable, "-W", "ignore", "-m", "dagster", "dev", "-m", "orchestration.definitions"]
    words += ["-h", "127.0.0.1", "-p", str(port), "--log-level", "warning"]
    os.chdir(ROOT)
    sys.stderr.flush()
    os.execve(sys.executable, words, {**os.environ, **environment()})


if __name__ == "__main__":
    sys.exit(main())
