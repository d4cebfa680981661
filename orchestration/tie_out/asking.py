"""Asking a vendor again, order by order, about the days that do not tie out.

`questions` finds the days, `ask` loads them: the platform's resources on demand, which a plain load does not
read, and the report itself, which may have been corrected since. Loading a day twice lands nothing new. Not
more than a few days per account and run: days that nobody asked about yet first, then the newest.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import warehouse
from loaders.common import LoaderError, LoadReport, load
from orchestration.platforms import Platform
from psycopg2.extensions import cursor as Cursor
from warehouse import Settings

log = logging.getLogger(__name__)

DAYS_PER_RUN = 5

EXISTS = "select to_regclass('marts.fct_tie_out') is not null"
OFF = """
select store.platform, store.account_id, off.date_day
from marts.fct_tie_out as off
inner join marts.dim_store as store on off.store_key = store.store_key
where off.is_off and off.status in ('explained', 'unexplained')
group by store.platform, store.account_id, off.date_day
order by min(off.asked_at) is null desc, off.date_day desc
"""


@dataclass(frozen=True)
class Question:
    """Consecutive days of one account that do not tie out, both included, and what to read of them."""

    platform: str
    account: str
    resources: tuple[str, ...]
    since: date
    until: date

    @property
    def label(self) -> str:
        """How messages call it."""
        days = f"{self.since}" if self.since == self.until else f"{self.since} to {self.until}"
        return f"{self.platform}/{self.account} {days}"


@dataclass(frozen=True)
class Asked:
    """What came of one question: a report, or why there is none."""

    question: Question
    report: LoadReport | None = None
    error: LoaderError | None = None


def questions(
    platforms: Iterable[Platform], *, most: int = DAYS_PER_RUN, settings: Settings | None = None
) -> list[Question]:
    """What to ask now; nothing where the models have not been built, or everything ties out."""
    off = _days_off(settings)
    found: list[Question] = []
    for platform in platforms:
        known = platform.account_names(settings=settings) if platform.on_demand else []
        for account in known:
            days = sorted(off.get((platform.name, account), [])[:most])
            found += _windows(platform, account, days)
    return found


def ask(asked: Iterable[Question], *, settings: Settings | None = None) -> Iterator[Asked]:
    """Ask each; one that fails hides no other."""
    for question in asked:
        log.info("%s: does not tie out, asking again order by order", question.label)
        try:
            report = load(
                question.platform,
                question.account,
                resources=question.resources,
                since=question.since,
                until=question.until,
                settings=settings,
            )
        except LoaderError as error:
            yield Asked(question, error=error)
        except Exception as error:
            log.exception("%s: asking failed", question.label)
            yield Asked(question, error=_unexpected(question, error))
        else:
            yield Asked(question, report=report)


def _unexpected(question: Question, error: Exception) -> LoaderError:
    return LoaderError(
        f"{question.platform}/{question.account}",
        f"an unexpected failure ({type(error).__name__}); nothing of {question.label} is landed.",
        "The next run asks again. If it stays, report it with the lines above.",
    )


def _days_off(settings: Settings | None) -> dict[tuple[str, str], list[date]]:
    """Per account, the most urgent day first."""
    off: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    connection = warehouse.connect("transformer", settings=settings)
    try:
        with connection, connection.cursor() as cursor:
            if _exists(cursor):
                cursor.execute(OFF)
                for platform, account, day in cursor.fetchall():
                    off[platform, account].append(day)
    finally:
        connection.close()
    return dict(off)


def _exists(cursor: Cursor) -> bool:
    cursor.execute(EXISTS)
    ((exists,),) = cursor.fetchall()
    return bool(exists)


def _windows(platform: Platform, account: str, days: Sequence[date]) -> Iterator[Question]:
    """The days as windows without a gap, each of which is one load."""
    resources = tuple(one.name for one in platform.asked_again)
    since: date | None = None
    for day in days:
        since = since or day
        if day + timedelta(days=1) not in days:
            yield Question(platform.name, account, resources, since, day)
            since = None
