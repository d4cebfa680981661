"""The ground floor: settings, the warehouse's server, roles and connections.

Nothing here knows loaders, models or dashboards; every other room may import it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.connection import Role, connect, database_name, environment, role_password, url
from warehouse.embedded import EmbeddedServer, programs
from warehouse.errors import PortInUse, ServerDidNotStart, UnsupportedServer, WarehouseError
from warehouse.roles import prepare
from warehouse.settings import ROOT, Settings, get_settings

__all__ = [
    "ROOT",
    "EmbeddedServer",
    "PortInUse",
    "Role",
    "ServerDidNotStart",
    "Settings",
    "UnsupportedServer",
    "WarehouseError",
    "connect",
    "database_name",
    "delete",
    "environment",
    "get_settings",
    "programs",
    "role_password",
    "start",
    "stop",
    "url",
]


def start(settings: Settings | None = None) -> None:
    """Bring the warehouse up: server (where embedded), database, roles and grants. Idempotent."""
    settings = settings or get_settings()
    if settings.is_embedded:
        EmbeddedServer(settings).start()
    prepare(settings)


def stop(settings: Settings | None = None) -> bool:
    """Stop the embedded server; False where there is nothing of ours to stop."""
    settings = settings or get_settings()
    return settings.is_embedded and EmbeddedServer(settings).stop()


def delete(settings: Settings | None = None) -> list[Path]:
    """Stop the embedded server and delete the data folder; the folders that went.

    A server behind DATABASE_URL is left alone: only our own files beside it go.
    """
    settings = settings or get_settings()
    _refuse_to_delete(settings.data_dir.resolve())
    folders = [settings.data_dir]
    if settings.is_embedded:
        server = EmbeddedServer(settings)
        server.stop()
        folders.append(server.home)
    gone = [folder for folder in folders if folder.exists()]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return gone


def _refuse_to_delete(folder: Path) -> None:
    """A data folder that holds more than data, because DATA_DIR names somebody's home or our own code."""
    for precious in (ROOT, Path.home()):
        if precious.resolve().is_relative_to(folder):
            raise WarehouseError(
                f"DATA_DIR is {folder}, which holds {precious}: nothing is deleted. Name a folder of its own."
            )
