"""dlt as the house uses it: one pipeline per account, Arrow tables through parquet and ADBC, append only.

What counts is in the warehouse. The working folder is scratch: a run finishes the package that an earlier
one extracted, drops what it cannot finish, and starts from the state that the warehouse holds.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import dlt
import warehouse
from dlt.common.runtime.anon_tracker import disable_anon_tracker
from psycopg2.extensions import connection as Connection
from warehouse import Settings

from loaders.common import tables
from loaders.common.locks import held

log = logging.getLogger(__name__)

CONFIG = {
    "runtime.log_level": "WARNING",
    # One resource after the other: memory holds one resource's batches, progress reads in order.
    "extract.next_item_mode": "fifo",
    "normalize.parquet_normalizer.add_dlt_load_id": True,
    # A table handed over is a row group: batches are already bounded by documents and by bytes.
    "data_writer.buffer_max_items": 1,
    # An ADBC copy holds all of its file in memory, several times over. Not packed, so that the bound is one
    # on documents: packing takes longer than writing, and its gain differs tenfold between shops.
    "data_writer.file_max_items": 10_000,
    "data_writer.file_max_bytes": 12 * 2**20,
    "data_writer.compression": "none",
    "load.workers": 2,
    "load.raise_on_max_retries": 3,
    "load.delete_completed_jobs": True,
}


def open_pipeline(platform: str, account_id: str, *, settings: Settings) -> dlt.Pipeline:
    """The account's pipeline, with the state that the warehouse holds."""
    for key, value in CONFIG.items():
        dlt.config[key] = value
    # dlt decides whom it tells of its runs when it is first touched, before it can be told not to.
    disable_anon_tracker()
    return dlt.pipeline(
        pipeline_name=tables.pipeline_name(platform, account_id),
        pipelines_dir=str(_folder(settings)),
        destination=dlt.destinations.postgres(credentials=warehouse.url("loader", settings=settings)),
        dataset_name=tables.dataset(platform),
    )


def settle(
    platform: str, account_id: str, *, connection: Connection, resources: list[str], settings: Settings
) -> tuple[dlt.Pipeline, bool]:
    """A pipeline in the warehouse's state, and whether an earlier run's package was finished first."""
    pipeline = open_pipeline(platform, account_id, settings=settings)
    finished = False
    if pipeline.has_pending_data:
        if _untouched(pipeline) and _follows(pipeline, platform, account_id, connection):
            finished = _finish(pipeline, platform, connection)
        if not finished:
            log.warning("%s/%s: what an earlier run left half loaded is dropped", platform, account_id)
    pipeline.deactivate()
    shutil.rmtree(pipeline.working_dir, ignore_errors=True)
    dropped = tables.drop_orphans(connection, platform, account_id, resources)
    if dropped:
        log.info("%s/%s: %d rows of a load that never completed dropped", platform, account_id, dropped)
    pipeline = open_pipeline(platform, account_id, settings=settings)
    pipeline.sync_destination()
    return pipeline, finished


def work_folder(platform: str, account_id: str, *, settings: Settings) -> Path:
    """A scratch folder for one run of one account, emptied: whoever holds the account's lock owns it."""
    folder = _folder(settings) / f"work_{tables.pipeline_name(platform, account_id)}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _folder(settings: Settings) -> Path:
    """Apart by database: the same account may load into several."""
    folder = Path(settings.data_dir) / "dlt" / warehouse.database_name(settings)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def load_packages(pipeline: dlt.Pipeline, platform: str, *, connection: Connection) -> list[str]:
    """Load what was extracted and normalized; the ids of the loads that completed."""
    if not pipeline.list_normalized_load_packages():
        return []
    # dlt makes its own tables on first use; two accounts that do so at once fail.
    with held(connection, tables.schema_lock(platform)):
        pipeline.sync_schema()
    return list(pipeline.load().loads_ids)


def _untouched(pipeline: dlt.Pipeline) -> bool:
    """Whether no file of the pending packages was loaded yet, so that none can be loaded twice."""
    for load_id in pipeline.list_normalized_load_packages():
        jobs = pipeline.get_load_package_info(load_id).jobs
        if any(jobs.get(state) for state in ("started_jobs", "completed_jobs", "failed_jobs")):
            return False
    return True


def _follows(pipeline: dlt.Pipeline, platform: str, account_id: str, connection: Connection) -> bool:
    """Whether the package was read from where the warehouse stands.

    In a warehouse that was put back or made anew meanwhile its cursors would skip what is missing there.
    """
    extracted = int(pipeline.state.get("_state_version", 0))
    return extracted - tables.state_version(connection, platform, account_id) <= 1


def _finish(pipeline: dlt.Pipeline, platform: str, connection: Connection) -> bool:
    try:
        pipeline.normalize()
        return bool(load_packages(pipeline, platform, connection=connection))
    except Exception as error:
        # Whatever is wrong with the package, its documents are at the vendor and come again.
        log.warning(
            "%s: a pending package cannot be finished: %s", pipeline.pipeline_name, type(error).__name__
        )
        return False
