"""What a load did: per resource what landed, what was the same, what is gone, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.common.errors import LoaderError
from loaders.common.landing import Landed


@dataclass
class ResourceReport:
    """One resource of one load."""

    landed: Landed = field(default_factory=Landed)
    seconds: float = 0.0
    skipped: str | None = None
    error: LoaderError | None = None

    @property
    def rows(self) -> int:
        """Rows landed, tombstones included."""
        return self.landed.rows

    @property
    def unchanged(self) -> int:
        """Documents that were read and are equal to their latest landed version."""
        return self.landed.unchanged

    @property
    def tombstones(self) -> int:
        """Things found to be gone."""
        return self.landed.tombstones


@dataclass
class LoadReport:
    """One load of one account."""

    platform: str
    account: str
    resources: dict[str, ResourceReport] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    load_ids: list[str] = field(default_factory=list)
    finished_earlier: bool = False
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        """Rows landed in all."""
        return sum(one.rows for one in self.resources.values())

    @property
    def errors(self) -> list[LoaderError]:
        """The errors of resources."""
        return [one.error for one in self.resources.values() if one.error]

    def warn(self, text: str) -> None:
        """Note what a person should know; once."""
        if text not in self.warnings:
            self.warnings.append(text)


class LoadFailed(LoaderError):
    """Some resources of an account failed; whatever the others read is landed. `report` tells which."""

    def __init__(self, report: LoadReport) -> None:
        first = report.errors[0]
        failed = ", ".join(name for name, one in report.resources.items() if one.error)
        super().__init__(f"{report.platform}/{report.account}", f"{failed}: {first.cause}", first.remedy)
        self.report = report
