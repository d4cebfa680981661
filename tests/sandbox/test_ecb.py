"""The bank's files: its formats to the byte, its calendar, and the sandbox's clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from sandbox.business.scripted import scripted_store, scripted_world
from sandbox.ecb.calendar import FIRST_DAY, is_working_day, last_fixing, working_days
from sandbox.ecb.rates import CURRENCIES, Fixings
from sandbox.running import Running, running
from tests.conftest import shared_path

FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # half past four in Frankfurt


@pytest.fixture
def bank() -> Iterator[Running]:
    with running(scripted_world([scripted_store("corner")], FRIDAY, {})) as here:
        yield here


def file(bank: Running, name: str, **headers: str) -> requests.Response:
    return requests.get(f"{bank.url}/ecb/stats/eurofxref/{name}", headers=headers, timeout=30)


def unzipped(answer: requests.Response, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [name]
        return archive.read(name).decode()


def history(bank: Running) -> list[list[str]]:
    text = unzipped(file(bank, "eurofxref-hist.zip"), "eurofxref-hist.csv")
    assert text.endswith(",\n")
    return [line.split(",") for line in text.splitlines()]


def column(rows: list[list[str]], code: str) -> dict[str, str]:
    at = rows[0].index(code)
    return {row[0]: row[at] for row in rows[1:]}


def test_the_history_is_written_as_the_bank_writes_it(bank: Running) -> None:
    path = shared_path("data", "ecb", "eurofxref-hist.zip")
    with zipfile.ZipFile(path) as archive:
        real = [line.split(",") for line in archive.read("eurofxref-hist.csv").decode().splitlines()]
    ours = history(bank)
    assert ours[0] == real[0]
    newest = real[1][0]
    assert [row[0] for row in ours[1:] if row[0] <= newest] == [row[0] for row in real[1:]]
    for code in real[0][1:-1]:
        here, there = column(ours, code), column(real, code)
        assert {day for day, rate in here.items() if rate == "N/A" and day <= newest} == {
            day for day, rate in there.items() if rate == "N/A"
        }, code
        decimals = max(len(rate.partition(".")[2]) for rate in list(here.values())[:500])
        assert decimals <= max(len(rate.partition(".")[2]) for rate in there.values()), code
    shape = re.compile(r"N/A|[1-9]\d*(\.\d*[1-9])?|0\.\d*[1-9]")
    assert all(shape.fullmatch(rate) for row in ours[1:] for rate in row[1:-1])


def test_every_file_has_the_same_rates_in_its_own_manner(bank: Running) -> None:
    newest = dict(zip(*(row[1:-1] for row in history(bank)[:2]), strict=True))
    quoted = {code: rate for code, rate in newest.items() if rate != "N/A"}
    assert len(quoted) == 29
    daily = file(bank, "eurofxref-daily.xml").text
    assert "\t\t<Cube time='2026-11-20'>\n\t\t\t<Cube currency='USD' rate='" in daily
    kept = dict(re.findall(r"<Cube currency='(...)' rate='([\d.]+)'/>", daily))
    assert {code: float(rate) for code, rate in kept.items()} == {c: float(r) for c, r in quoted.items()}
    assert all(
        len(kept[one.code].partition(".")[2]) == one.decimals for one in CURRENCIES if one.code in kept
    )
    text = unzipped(file(bank, "eurofxref.zip"), "eurofxref.csv")
    header, values, end = text.split("\n")
    assert (header[:11], values[:18], end) == ("Date, USD, ", "20 November 2026, ", "")
    assert dict(zip(header.split(", ")[1:-1], values.split(", ")[1:-1], strict=True)) == kept


def test_the_last_ninety_days_come_newest_first(bank: Running) -> None:
    text = file(bank, "eurofxref-hist-90d.xml").text
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope ')
    days = re.findall(r'<Cube time="([\d-]+)">', text)
    assert days[0] == "2026-11-20"
    assert days[-1] == "2026-08-24"
    rows = history(bank)
    assert days == [row[0] for row in rows[1 : len(days) + 1]]
    usd = dict(zip(days, re.findall(r'currency="USD" rate="([\d.]+)"', text), strict=True))
    assert usd == {day: rate for day, rate in column(rows, "USD").items() if day in usd}


def test_todays_rates_are_there_from_four_in_the_afternoon() -> None:
    assert last_fixing(datetime(2026, 11, 20, 14, 59, 59, tzinfo=UTC)) == date(2026, 11, 19)
    assert last_fixing(datetime(2026, 11, 20, 15, 0, tzinfo=UTC)) == date(2026, 11, 20)
    assert last_fixing(datetime(2026, 7, 1, 14, 0, tzinfo=UTC)) == date(2026, 7, 1)  # summer time
    assert last_fixing(datetime(2026, 4, 6, 20, 0, tzinfo=UTC)) == date(2026, 4, 2)  # Easter Monday


def test_the_files_follow_the_clock_and_say_when_they_changed(bank: Running) -> None:
    first = file(bank, "eurofxref-daily.xml")
    assert first.headers["Last-Modified"] == "Fri, 20 Nov 2026 15:00:00 GMT"
    known = {"If-Modified-Since": first.headers["Last-Modified"]}
    bank.sandbox.advance(FRIDAY + timedelta(days=2, hours=23))  # Monday, half past three in Frankfurt
    unchanged = file(bank, "eurofxref-daily.xml", **known)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    bank.sandbox.advance(FRIDAY + timedelta(days=3))
    changed = file(bank, "eurofxref-daily.xml", **known)
    assert changed.status_code == 200
    assert "time='2026-11-23'" in changed.text
    assert file(bank, "eurofxref-daily.xml", **{"If-Modified-Since": "yesterday"}).status_code == 200
    assert file(bank, "eurofxref-hourly.xml").status_code == 404


def test_waiting_changes_no_day_that_was_fixed() -> None:
    patient, late, other = Fixings(7), Fixings(7), Fixings(8)
    for day in (date(1999, 3, 1), date(1999, 3, 2), date(2000, 1, 3)):
        patient.until(day)
    assert patient.until(date(2001, 1, 1)) == late.until(date(2001, 1, 1))
    assert [one.day for one in late.until(date(1999, 2, 1))] == [
        FIRST_DAY,
        *working_days(FIRST_DAY, date(1999, 2, 1)),
    ]
    assert other.until(date(1999, 2, 1)) != late.until(date(1999, 2, 1))


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2025, 12, 26)],
    ids=str,
)
def test_the_bank_keeps_its_holidays(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day)


def test_the_bank_can_break_like_any_vendor(bank: Running) -> None:
    bank.sandbox.faults.add("html_error", platform="ecb", route="eurofxref-hist.zip", status=503)
    assert file(bank, "eurofxref-hist.zip").status_code == 503
    assert file(bank, "eurofxref-hist.zip").status_code == 200
