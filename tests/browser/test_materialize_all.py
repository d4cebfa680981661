"""The whole house from the web UI: Materialize all, every account, until everything is green."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Page

import warehouse
from tests.browser.dagster_ui import Dagster, browser, running, wait_for
from tests.orchestration import practice
from tests.orchestration.practice import Practice, without_secrets
from warehouse import ROOT, Settings

ORDERS = 120
SECONDS = 480
SCREENSHOTS = ROOT / ".data" / "screenshots"

BACKFILLS = "{ partitionBackfillsOrError { ... on PartitionBackfills { results { id status } } } }"
RUNS = """{ runsOrError { ... on Runs { results {
    runId status tags { key value }
    eventConnection(limit: 2000) { events { ... on ExecutionStepFailureEvent { stepKey error { message } } } }
} } } }"""
ASSETS = """{ assetNodes {
    assetKey { path }
    groupName
    partitionStats { numMaterialized numFailed numPartitions }
    assetMaterializations(limit: 1) { timestamp }
    assetChecksOrError { ... on AssetChecks { checks { name } } }
} }"""
CHECK = """query ($path: [String!]!, $name: String!) {
    assetCheckExecutions(assetKey: {path: $path}, checkName: $name, limit: 1) {
        status
        evaluation { severity }
    }
}"""
# Statuses of plugins are listed for a person to look at; the practice shop has such a plugin.
WARNS = {"assert_every_order_status_is_known"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Practice]:
    with practice.running(tmp_path, orders=ORDERS) as shop:
        yield shop


@pytest.fixture
def dagster(shop: Practice, database: Settings, tmp_path: Path) -> Iterator[Dagster]:
    environment = without_secrets() | shop.secrets | {"ACCOUNTS_FILE": str(shop.few_accounts_file())}
    with running(environment, tmp_path / "dagster.log") as dagster:
        yield dagster


def materialize_all(page: Page, dagster: Dagster) -> None:
    """What a person does on the lineage page."""
    page.goto(f"{dagster.url}/asset-groups")
    page.get_by_role("button", name="Materialize all").click(timeout=60_000)
    dialog = page.get_by_role("dialog")
    # Platforms have accounts of their own, so the page offers all of them and no choice.
    dialog.get_by_text("All partitions").wait_for()
    keep(page, "materialize-all-dialog")
    dialog.get_by_role("button", name="Launch backfill").click()
    dialog.wait_for(state="hidden")


def keep(page: Page, name: str) -> None:
    """A screenshot beside the embedded warehouse's files, which git ignores."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.mark.timeout(900)
def test_materialize_all_loads_every_account_and_builds_every_mart(
    shop: Practice, dagster: Dagster, tmp_path: Path
) -> None:
    log = tmp_path / "dagster.log"
    with browser() as page:
        materialize_all(page, dagster)
        wait_for("the backfill to begin", lambda: len(backfills(dagster)) == 1, seconds=30, log=log)
        wait_for("the backfill to end", lambda: has_ended(dagster), seconds=SECONDS, log=log)
        assert [one["status"] for one in backfills(dagster)] == ["COMPLETED_SUCCESS"], failed_runs(dagster)
        look_around(page, dagster)
    runs = dagster.ask(RUNS)["runsOrError"]["results"]
    assert {run["status"] for run in runs} == {"SUCCESS"}, failed_runs(dagster)
    loads = [tag["value"] for run in runs for tag in run["tags"] if tag["key"] == "dagster/partition"]
    # platforms with the very same accounts share Dagster's runs
    accounts = [name for named in {tuple(sorted(named)) for named in shop.few.values()} for name in named]
    assert sorted(loads) == sorted(accounts), "a run of its own per account"
    everything_is_green(dagster, shop)
    the_numbers_are_there(shop)


def look_around(page: Page, dagster: Dagster) -> None:
    """The pages that a person opens next, kept as pictures."""
    (backfill,) = backfills(dagster)
    page.goto(f"{dagster.url}/runs/b/{backfill['id']}")
    page.get_by_text("Completed", exact=False).first.wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    keep(page, "backfill")
    page.goto(f"{dagster.url}/asset-groups")
    page.get_by_text("finance").first.wait_for(timeout=60_000)
    page.wait_for_timeout(4000)
    keep(page, "lineage")
    page.goto(
        f"{dagster.url}/assets/marts/agg_daily_summary?view=lineage&lineageScope=upstream&lineageDepth=9"
    )
    page.get_by_text("fct_sales").first.wait_for(timeout=60_000)
    page.wait_for_timeout(4000)
    keep(page, "lineage-of-agg_daily_summary")
    page.goto(f"{dagster.url}/assets/raw_shopify/orders?view=checks")
    page.get_by_text("gate_on_arrival").first.wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    keep(page, "gate-on-arrival")


def backfills(dagster: Dagster) -> list[dict[str, Any]]:
    return list(dagster.ask(BACKFILLS)["partitionBackfillsOrError"]["results"])


def has_ended(dagster: Dagster) -> bool:
    return all(one["status"] not in ("REQUESTED", "CANCELING", "FAILING") for one in backfills(dagster))


def failed_runs(dagster: Dagster) -> list[dict[str, Any]]:
    return [run for run in dagster.ask(RUNS)["runsOrError"]["results"] if run["status"] != "SUCCESS"]


def everything_is_green(dagster: Dagster, shop: Practice) -> None:
    """Every asset is materialised, every partition of a raw one; every check ran and passed."""
    nodes = dagster.ask(ASSETS)["assetNodes"]
    assert len(nodes) > 40
    for node in nodes:
        name = "/".join(node["assetKey"]["path"])
        assert node["assetMaterializations"], f"{name} was never materialised"
        if node["partitionStats"]:
            count = len(shop.few[node["assetKey"]["path"][0].removeprefix("raw_")])
            expected = {"numMaterialized": count, "numFailed": 0, "numPartitions": count}
            assert node["partitionStats"] == expected, name
        for check in node["assetChecksOrError"].get("checks", []):
            asked = dagster.ask(CHECK, path=node["assetKey"]["path"], name=check["name"])
            (execution,) = asked["assetCheckExecutions"]
            warned = check["name"] in WARNS and execution["evaluation"]["severity"] == "WARN"
            assert execution["status"] == "SUCCEEDED" or warned, f"{name}: {check['name']}"


def the_numbers_are_there(shop: Practice) -> None:
    """The marts hold what the business knows of itself, store by store."""
    connection = warehouse.connect("reader")
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select store.account_id, sum(day.net_sales), count(*) from marts.agg_daily_summary day "
                "join marts.dim_store store using (store_key) group by 1"
            )
            published = {name: net for name, net, _ in cursor.fetchall()}
    finally:
        connection.close()
    truth = {}
    for name in requests.get(f"{shop.url}/health", timeout=60).json()["stores"]:
        days = requests.get(f"{shop.url}/truth/{name}/daily", timeout=60).json()
        truth[name] = sum(type(published[name])(day["net_sales"]) for day in days)
    assert published == truth
