"""Accounts: any number per platform, described in one TOML file without secrets.

```toml
[shopify.harbour]
shop = "harbour.myshopify.com"
base_url = "http://127.0.0.1:8765/shopify/harbour"   # optional; default https://{shop}
token_env = "SHOPIFY_HARBOUR_TOKEN"                  # optional; this is the default
```

A platform that needs no account of anybody's, as a central bank, declares `DEFAULT_ACCOUNTS` (name to
options) in its package: they are there where the file has no table for the platform.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warehouse import Settings, get_settings

from loaders.common.errors import AccountMisconfigured
from loaders.common.platforms import is_platform, platform_module

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Account:
    """One shop, property or ad account: its name is part of every key in the warehouse."""

    platform: str
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How messages call it."""
        return f"{self.platform}/{self.name}"

    @property
    def token_env(self) -> str:
        """The name of the variable that holds its token."""
        return self.secret_env("token")

    def secret_env(self, what: str) -> str:
        """The name of the variable that holds one of its secrets, as `token`, `key` or `secret`."""
        return str(self.options.get(f"{what}_env") or f"{self.platform}_{self.name}_{what}".upper())

    def option(self, key: str) -> str:
        """A setting that must be there."""
        value = self.options.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        table = f"[{self.platform}.{self.name}]"
        if isinstance(value, int):
            raise AccountMisconfigured(
                self.label,
                f"`{key}` in the accounts file is a number, where text belongs.",
                f'Write it in quotes, {key} = "{value}", in {table}.',
            )
        raise AccountMisconfigured(
            self.label, f"`{key}` is missing in the accounts file.", f'Add {key} = "…" to {table}.'
        )

    def base_url(self, default: str) -> str:
        """Where its API is: the vendor's own address, or option `base_url`."""
        base = str(self.options.get("base_url") or default).rstrip("/")
        if urlsplit(base).scheme not in ("http", "https"):
            raise AccountMisconfigured(
                self.label,
                "`base_url` in the accounts file is no address.",
                f"Leave it out: it is {default}.",
            )
        return base

    def concurrency(self, default: int, *, most: int) -> int:
        """Requests side by side: option `concurrency`, within what is courteous."""
        wanted = self.options.get("concurrency", default)
        if type(wanted) is not int or not 1 <= wanted <= most:
            raise AccountMisconfigured(
                self.label,
                "`concurrency` in the accounts file is no usable number.",
                f"Set it to a number from 1 to {most}, or leave it out.",
            )
        return wanted

    def secret(self, what: str = "token", *, settings: Settings | None = None) -> str:
        """One of its secrets, from the environment or `.env`."""
        value = self.optional_secret(what, settings=settings)
        if value is None:
            variable = self.secret_env(what)
            raise AccountMisconfigured(
                self.label,
                f"its {what} is not set: {variable} is empty.",
                f"Set {variable} in the environment or in .env.",
            )
        return value

    def optional_secret(self, what: str, *, settings: Settings | None = None) -> str | None:
        """The same for a secret that not every account has; None where it is not set."""
        variable = self.secret_env(what)
        value = ((settings or get_settings()).secret(variable) or "").strip()
        if not value.isascii() or not value.isprintable():
            raise AccountMisconfigured(
                self.label,
                f"its {what} in {variable} has characters that no {what} has.",
                f"Copy the {what} into {variable} again.",
            )
        return value or None


def accounts(platform: str, *, settings: Settings | None = None) -> list[Account]:
    """The accounts of `platform`, in the order of the file.

    Where the file is absent or says nothing of the platform: those that the platform has by itself, if any.
    """
    path = (settings or get_settings()).accounts_file
    section = _read(path).get(platform)
    if section is None:
        section = getattr(platform_module(platform), "DEFAULT_ACCOUNTS", {}) if is_platform(platform) else {}
    if not isinstance(section, dict):
        raise AccountMisconfigured(
            platform, f"[{platform}] in {path.name} is no table.", "Use [platform.name]."
        )
    found = []
    for name, options in section.items():
        if not NAME.fullmatch(name) or not isinstance(options, dict):
            raise AccountMisconfigured(
                f"{platform}/{name}",
                f"the accounts file {path.name} has an entry that is not usable.",
                "Account names are tables of lower-case letters, digits and _, at most 31, a letter first.",
            )
        found.append(Account(platform, name, options))
    return found


def account(platform: str, name: str, *, settings: Settings | None = None) -> Account:
    """The account called `name`."""
    known = accounts(platform, settings=settings)
    for one in known:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in known) or "none"
    path = (settings or get_settings()).accounts_file
    raise AccountMisconfigured(
        f"{platform}/{name}",
        f"there is no such account in {path.name} (known: {names}).",
        f"Add a table [{platform}.{name}], or set ACCOUNTS_FILE to the right file.",
    )


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise AccountMisconfigured(
            path.name, f"the accounts file is not TOML: {error}.", "Correct the line it names."
        ) from error
