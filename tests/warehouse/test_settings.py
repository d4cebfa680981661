"""Settings: what `.env.example` promises is what the house reads."""

from __future__ import annotations

import re

import pytest

from orchestration.platforms import NAMES
from warehouse import ROOT, Settings


def test_env_example_names_every_setting_and_nothing_else() -> None:
    text = (ROOT / ".env.example").read_text()
    of_the_house, _, of_accounts = text.partition("# Secrets of accounts")
    assert _names(of_the_house) == set(Settings.model_fields)
    assert _names(of_accounts)
    assert all(name.startswith(tuple(f"{platform}_" for platform in NAMES)) for name in _names(of_accounts))


def _names(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"^#?([A-Z_]+)=", text, re.M)}


def test_env_example_shows_the_defaults() -> None:
    text = (ROOT / ".env.example").read_text()
    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", text, re.M))
    settings = Settings(_env_file=None)
    assert shown["WAREHOUSE_HOST"] == settings.warehouse_host
    assert shown["SANDBOX_URL"] == settings.sandbox_url
    assert shown["WAREHOUSE_PORT"] == str(Settings.model_fields["warehouse_port"].default)


def test_secrets_are_looked_up_by_name_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPIFY_NORTH_TOKEN", "shpat_very_secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@db.example.com/x")
    settings = Settings()
    assert settings.secret("SHOPIFY_NORTH_TOKEN") == "shpat_very_secret"
    assert settings.secret("SHOPIFY_SOUTH_TOKEN") is None
    assert "hunter2" not in repr(settings)
    assert "shpat_very_secret" not in repr(settings)
