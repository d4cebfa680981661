"""The one place that reads the environment.

Every room asks `get_settings()`; nothing else in the house looks at `os.environ`. Values come from the
process environment first, then from `.env` at the project's root (see `.env.example`). Secrets of
accounts are not fields: they are looked up by name with `Settings.secret`, so that they never end up in
a repr, a log or a Dagster page.
"""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from pathlib import Path

from dotenv import dotenv_values
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything the house can be told from outside; each field is an environment variable of its name."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: SecretStr | None = Field(
        default=None,
        description="Address of a PostgreSQL 16+ server to use; its user must be able to create roles. "
        "Unset: an embedded server.",
    )
    warehouse_host: str = Field(default="127.0.0.1", description="Loopback address of the embedded server.")
    warehouse_port: int = Field(default=54329, description="Port of the embedded server.")
    warehouse_database: str | None = Field(
        default=None,
        description="Database to use. Unset: the one in DATABASE_URL, or `countinghouse` on the "
        "embedded server.",
    )
    warehouse_password: SecretStr | None = Field(
        default=None,
        description="Password of the roles. Unset: `countinghouse` on the embedded (loopback) server; "
        "derived from the password in DATABASE_URL on a server of your own.",
    )
    data_dir: Path = Field(
        default=ROOT / ".data",
        description="Where the embedded server, pending loads and Dagster keep their files.",
    )
    accounts_file: Path = Field(
        default=ROOT / "accounts.toml", description="Accounts to load: a TOML file without secrets."
    )
    sandbox_url: str = Field(
        default="http://127.0.0.1:8765", description="Where the practice shop listens (demo and tests only)."
    )

    @property
    def is_embedded(self) -> bool:
        """Whether the warehouse is the embedded server."""
        return self.database_url is None

    @cached_property
    def _dotenv(self) -> dict[str, str | None]:
        return dotenv_values(ROOT / ".env")

    def secret(self, name: str) -> str | None:
        """The secret called `name`, from the environment or `.env`; None where it is missing or empty."""
        return os.environ.get(name) or self._dotenv.get(name) or None


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
