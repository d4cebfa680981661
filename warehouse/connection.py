"""Where the warehouse is and how each role gets in."""

from __future__ import annotations

import hashlib
from typing import Literal
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg2
from psycopg2.extensions import connection as Connection

from warehouse import embedded
from warehouse.errors import WarehouseError
from warehouse.settings import Settings, get_settings

Role = Literal["owner", "loader", "transformer", "reader"]
DEFAULT_DATABASE = "countinghouse"


def database_name(settings: Settings | None = None) -> str:
    """The database of the warehouse."""
    settings = settings or get_settings()
    if settings.warehouse_database:
        return settings.warehouse_database
    if settings.database_url:
        return urlsplit(settings.database_url.get_secret_value()).path.strip("/") or DEFAULT_DATABASE
    return DEFAULT_DATABASE


def role_password(role: Role, settings: Settings | None = None) -> str:
    """The password of `role`.

    On a server of the user's own it is derived from the owner's, so that there is one secret to keep and
    none to write down; WAREHOUSE_PASSWORD overrides it.
    """
    settings = settings or get_settings()
    if settings.database_url is None:
        return embedded.owner_password(settings)
    if settings.warehouse_password:
        return settings.warehouse_password.get_secret_value()
    owner = urlsplit(settings.database_url.get_secret_value()).password or ""
    return hashlib.sha256(f"countinghouse:{role}:{owner}".encode()).hexdigest()[:32]


def url(role: Role = "owner", database: str | None = None, *, settings: Settings | None = None) -> str:
    """The address for `role`, as `postgresql://user:password@host:port/database`."""
    settings = settings or get_settings()
    name = quote(database or database_name(settings), safe="")
    if settings.database_url is None:
        user = embedded.OWNER if role == "owner" else role
        host = f"{settings.warehouse_host}:{settings.warehouse_port}"
        return f"postgresql://{user}:{quote(role_password(role, settings), safe='')}@{host}/{name}"
    parts = urlsplit(settings.database_url.get_secret_value())
    if parts.scheme not in ("postgres", "postgresql") or not parts.hostname:
        raise WarehouseError("DATABASE_URL must look like postgresql://user:password@host:5432/database")
    netloc = parts.netloc
    if role != "owner":
        place = parts.netloc.rpartition("@")[2]
        netloc = f"{role}:{quote(role_password(role, settings), safe='')}@{place}"
    return urlunsplit(("postgresql", netloc, f"/{name}", parts.query, ""))


def environment(*, settings: Settings | None = None) -> dict[str, str]:
    """The variables that `dbt_project/profiles.yml` reads; dbt works as `transformer`."""
    parts = urlsplit(url("transformer", settings=settings))
    return {
        "WAREHOUSE_HOST": parts.hostname or "",
        "WAREHOUSE_PORT": str(parts.port or 5432),
        "WAREHOUSE_DATABASE": unquote(parts.path.strip("/")),
        "TRANSFORMER_USER": unquote(parts.username or ""),
        "TRANSFORMER_PASSWORD": unquote(parts.password or ""),
    }


def connect(
    role: Role = "owner", database: str | None = None, *, settings: Settings | None = None
) -> Connection:
    """A new connection for `role`. Close it; `with connection:` ends a transaction, not the connection."""
    settings = settings or get_settings()
    try:
        return psycopg2.connect(
            url(role, database, settings=settings),
            connect_timeout=15,
            application_name=f"countinghouse-{role}",
            # A load holds its account's lock for hours and says nothing meanwhile: firewalls on the way
            # forget such connections.
            keepalives_idle=60,
            keepalives_interval=15,
            keepalives_count=4,
        )
    except psycopg2.OperationalError as error:
        hint = "is it started? try `make db`" if settings.is_embedded else "is DATABASE_URL right?"
        raise WarehouseError(
            f"The warehouse cannot be reached as {role} ({hint}): {str(error).strip()}"
        ) from error
