"""Load, build, ask again, check: the main job, step by step, as a user would type it.

Every step is a command of its own (`python -m loaders`, `dbt build`), so what is seen here is what those
commands print. One account's failure does not stop the others, nor the build of what has landed; the job
then ends with exit code 1 and says what is missing. Days that do not tie out with the vendor's own report are
asked about again, order by order, before the verdict: what is explained warns, what is not ends with 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import warehouse
from loaders.common import LoaderError
from orchestration.cli import dbt, summary, tie_out
from orchestration.cli.console import failed, step
from orchestration.cli.errors import Refused
from orchestration.platforms import Platform, platforms
from orchestration.tie_out import questions
from warehouse import ROOT, Settings, get_settings

PRACTICE_MARK = "practice shop"


def run() -> int:
    """The main job against the accounts of the accounts file."""
    settings = get_settings()
    if not settings.accounts_file.exists():
        raise Refused(
            f"There is no accounts file at {settings.accounts_file}. Copy accounts.example.toml, name your "
            "shops in it, and put their tokens in .env (docs/runbook.md, 'Adding an account')."
        )
    warehouse.start()
    if mark() == PRACTICE_MARK:
        raise Refused(
            f"The database {warehouse.database_name()} holds the practice shop's data. Empty it with "
            "`make clean`, or keep both: WAREHOUSE_DATABASE=my_shops in .env"
        )
    return main_job({}, accounts_file=settings.accounts_file)


def main_job(environment: Mapping[str, str], *, accounts_file: Path) -> int:
    """Run the steps with extra environment variables; 0 when all of them succeeded."""
    problems = load(environment, accounts_file)
    if problems and not holds_data():
        failed("load: nothing has ever landed here, so there is nothing to build. Mend what is said above.")
        return 1
    problems += build(environment)
    problems += ask_again(environment, accounts_file)
    problems += check(environment)
    summary.show()
    problems += tie_out.show()
    for problem in problems:
        failed(problem)
    return 1 if problems else 0


def load(environment: Mapping[str, str], accounts_file: Path) -> list[str]:
    """Load every platform of the house that has accounts; the names of those that failed."""
    step("load", "vendor APIs → raw log")
    settings = _settings(accounts_file)
    house = {platform.name: platform for platform in platforms()}
    problems = [
        f"load: [{name}] in {accounts_file.name} is no platform of the house (known: {', '.join(house)})"
        for name in _tables(accounts_file)
        if name not in house
    ]
    return problems + [
        f"load: {name} (see above which account and why)"
        for name, platform in house.items()
        if _has_accounts(platform, settings) and _loaders(name, environment) != 0
    ]


def build(
    environment: Mapping[str, str],
    *,
    variables: str = "{}",
    unit_tests: bool = False,
    select: Sequence[str] = (),
) -> list[str]:
    """`dbt build` in the project, or of what is selected; what failed.

    Unit tests test the models, not the data: CI asks for them. The tests of the tie-out are left out: the
    verdict is read once the vendors were asked about what is off.
    """
    if not select:
        step("build", "raw log → staging → marts, with tests (dbt)")
    words = ["build", "--vars", variables, "--exclude", "tag:tie_out"]
    words += [] if unit_tests else ["--exclude-resource-type", "unit_test"]
    return dbt.run([*words, *(["--select", *select] if select else [])], environment)


def ask_again(environment: Mapping[str, str], accounts_file: Path) -> list[str]:
    """Ask the vendors about the days that do not tie out, and model what they say; what failed."""
    settings = _settings(accounts_file)
    asked = questions(platforms(), settings=settings)
    if not asked:
        return []
    step("ask again", "days that do not tie out, order by order")
    code = _run([sys.executable, "-m", "orchestration.tie_out"], environment)
    problems = [] if code == 0 else ["ask again: a vendor could not be asked (see above)"]
    answers = {f"source:raw_{one.platform}.{name}+" for one in asked for name in one.resources}
    return problems + build(environment, select=sorted(answers))


def check(environment: Mapping[str, str]) -> list[str]:
    """The gates on raw data and on the marts; what failed."""
    step("check", "gates on what arrived and on what is published")
    code = _run([sys.executable, "-m", "orchestration.gates"], environment)
    return [] if code == 0 else ["check: a gate failed (see above)"]


def mark(text: str | None = None) -> str | None:
    """The note on the database that says whose data it holds; given a text, write it."""
    connection = warehouse.connect("owner")
    try:
        with connection, connection.cursor() as cursor:
            if text is not None:
                name = warehouse.database_name().replace('"', '""')
                cursor.execute(f'comment on database "{name}" is %s', (text,))
            cursor.execute(
                "select shobj_description(oid, 'pg_database') from pg_database "
                "where datname = current_database()"
            )
            row = cursor.fetchone()
            return str(row[0]) if row and row[0] is not None else None
    finally:
        connection.close()


def holds_data() -> bool:
    """Whether anything was ever loaded: dlt makes its table of loads with the first one."""
    connection = warehouse.connect("owner")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                r"select exists (select from pg_tables "
                r"where schemaname like 'raw\_%' and tablename = '_dlt_loads')"
            )
            row = cursor.fetchone()
            return bool(row and row[0])
    finally:
        connection.close()


def _run(words: list[str], environment: Mapping[str, str]) -> int:
    sys.stdout.flush()
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def _settings(accounts_file: Path) -> Settings:
    return get_settings().model_copy(update={"accounts_file": accounts_file})


def _tables(accounts_file: Path) -> list[str]:
    try:
        return list(tomllib.loads(accounts_file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{accounts_file} is not TOML: {error}. Correct the line it names.") from None


def _has_accounts(platform: Platform, settings: Settings) -> bool:
    """Whether there is anything to load; an entry that is not usable is for the loaders to say."""
    try:
        return bool(platform.account_names(settings=settings))
    except LoaderError:
        return True


def _loaders(platform: str, environment: Mapping[str, str]) -> int:
    return _run([sys.executable, "-m", "loaders", platform], environment)
