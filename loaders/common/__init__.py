"""What every platform's loader shares: accounts, HTTP, the landing, cursors, locks, runs and reports."""

from __future__ import annotations

from loaders.common.accounts import Account, account, accounts
from loaders.common.errors import AccountSwitched, LoaderError
from loaders.common.landing import Document
from loaders.common.lines import land_documents
from loaders.common.progress import Progress, Step
from loaders.common.report import LoadFailed, LoadReport, ResourceReport
from loaders.common.resources import Resource
from loaders.common.run import load

__all__ = [
    "Account",
    "AccountSwitched",
    "Document",
    "LoadFailed",
    "LoadReport",
    "LoaderError",
    "Progress",
    "Resource",
    "ResourceReport",
    "Step",
    "account",
    "accounts",
    "land_documents",
    "load",
]
