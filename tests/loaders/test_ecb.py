"""Euro reference rates: the bank's files as it publishes them, and what stands in their place at times."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from loaders.common import LoadFailed, LoadReport, accounts, load
from loaders.common.accounts import account
from loaders.common.errors import MalformedAnswer
from loaders.common.http import Patience
from loaders.ecb import settings
from loaders.ecb.client import Client
from loaders.ecb.files import NoRates, from_xml, from_zip
from sandbox.business.world import build_world
from sandbox.running import running
from tests.conftest import shared_path
from tests.loaders.landed import Landed
from tests.loaders.scripted import Answer, Json, Vendor, serving
from warehouse import Settings, get_settings

TODAY = date(2026, 10, 30)
ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gesmes:Envelope '
    'xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
    'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
    "<gesmes:subject>Reference rates</gesmes:subject><Cube>{}</Cube></gesmes:Envelope>"
)


class Bank(Vendor, Landed):
    """A bank of two currencies, with a fixing on every weekday up to `today`."""

    platform, account_id = "ecb", "reference"

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY
        self.asked: list[str] = []
        self.instead: bytes | None = None

    def rate(self, day: date) -> str:
        return f"{1 + day.toordinal() % 97 / 100:.4f}"

    def days(self, count: int) -> list[date]:
        newest = [self.today - timedelta(days=back) for back in range(count)]
        return [day for day in newest if day.weekday() < 5]

    def zip(self) -> bytes:
        """Newest first, zeros cut off, a comma at the end of each line."""
        lines = ["Date,USD,RUB,"]
        lines += [f"{day},{self.rate(day).rstrip('0').rstrip('.')},N/A," for day in self.days(400)]
        return zipped("\n".join(lines))

    def xml(self, quote: str = "'") -> bytes:
        cubes = [
            f"<Cube time={quote}{day}{quote}><Cube currency={quote}USD{quote} "
            f"rate={quote}{self.rate(day)}{quote}/></Cube>"
            for day in self.days(90)
        ]
        return ENVELOPE.format("".join(cubes)).encode()

    def answer(self, path: str, query: Json) -> Answer:
        name = path.rpartition("/")[2]
        self.asked.append(name)
        body = self.instead or (self.zip() if name.endswith(".zip") else self.xml())
        return 200, {"Date": "Fri, 30 Oct 2026 15:10:00 GMT"}, body

    def load(self, **wanted: object) -> LoadReport:
        self.asked.clear()
        return load("ecb", "reference", **wanted)  # type: ignore[arg-type]


def zipped(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


@pytest.fixture
def bank_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bank]:
    """A bank, for questions that reach no warehouse."""
    file = tmp_path / "accounts.toml"
    monkeypatch.setenv("ACCOUNTS_FILE", str(file))
    monkeypatch.setattr(settings, "PATIENCE", Patience(attempts=2, first=0.01, longest=0.01))
    get_settings.cache_clear()
    bank = Bank()
    with serving(bank) as url:
        file.write_text(f'[ecb.reference]\nbase_url = "{url}/ecb"\n')
        yield bank


@pytest.fixture
def bank(database: Settings, bank_alone: Bank) -> Bank:
    """A bank, and an empty warehouse."""
    get_settings.cache_clear()
    return bank_alone


def test_the_file_as_the_bank_publishes_it() -> None:
    days = from_zip(shared_path("data", "ecb", "eurofxref-hist.zip").read_bytes())
    assert len(days) == 7_126
    assert (min(days), max(days)) == (date(1999, 1, 4), date(2026, 10, 30))
    assert len({currency for rates in days.values() for currency in rates}) == 41
    assert days[date(2026, 10, 30)]["USD"] == "1.1172"
    pounds = {day: rates["GBP"] for day, rates in days.items()}
    assert pounds[date(2010, 12, 1)] == "0.8393"
    assert pounds[date(2010, 12, 31)] == "0.86075"
    assert pounds[date(2024, 12, 24)] == "0.82805"
    assert date(2024, 12, 25) not in days
    assert pounds[date(2024, 12, 27)] == "0.83098"
    last = {name: max(day for day, rates in days.items() if name in rates) for name in ("HRK", "RUB", "BGN")}
    assert last == {"HRK": date(2022, 12, 30), "RUB": date(2022, 3, 1), "BGN": date(2025, 12, 31)}
    crowns = [day for day, rates in days.items() if "ISK" in rates]
    assert not [day for day in crowns if date(2008, 12, 9) < day < date(2018, 2, 1)]


def test_rates_need_no_entry_in_the_accounts_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCOUNTS_FILE", str(tmp_path / "none.toml"))
    get_settings.cache_clear()
    assert [one.label for one in accounts("ecb")] == ["ecb/reference"]


def test_first_all_days_then_the_last_ninety(bank: Bank) -> None:
    assert bank.load().rows == len(bank.days(400))
    assert bank.asked == ["eurofxref-hist.zip"]
    documents = bank.documents("exchange_rates")
    assert documents["2026-10-30"] == {"date": "2026-10-30", "rates": {"USD": bank.rate(TODAY).rstrip("0")}}
    bank.today += timedelta(days=5)
    again = bank.load()
    assert bank.asked == ["eurofxref-hist-90d.xml"]
    # The same days, written with zeros at the end, are no news.
    assert (again.rows, again.resources["exchange_rates"].unchanged) == (3, len(bank.days(90)) - 3)
    assert bank.documents("exchange_rates")["2026-11-04"]["rates"] == {"USD": bank.rate(date(2026, 11, 4))}
    assert bank.load().rows == 0
    assert bank.load(full=True).rows == 0
    assert bank.asked == ["eurofxref-hist.zip"]


def test_a_longer_pause_falls_back_to_all_days(bank: Bank) -> None:
    bank.load()
    bank.today += timedelta(days=200)
    assert bank.load().rows == len(bank.days(200))
    assert bank.asked == ["eurofxref-hist-90d.xml", "eurofxref-hist.zip"]
    assert set(bank.documents("exchange_rates")) >= {str(day) for day in bank.days(600)}


def test_a_corrected_rate_is_a_new_version(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    bank.load()
    rate = bank.rate
    monkeypatch.setattr(bank, "rate", lambda day: "9.9" if day == TODAY else rate(day))
    assert bank.load().rows == 1
    assert bank.documents("exchange_rates")["2026-10-30"]["rates"] == {"USD": "9.9"}


def test_a_window_reads_its_days_and_no_others(bank: Bank) -> None:
    assert bank.load(since="2026-10-26", until="2026-10-28").rows == 3
    assert bank.load().rows == len(bank.days(400)) - 3


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "a web page"),
        (b"<html><body>Sign in to the hotel's network</body></html>", "a web page"),
        (Bank().zip()[:-60], "no whole zip file"),
        (zipped("Currency,Rate\nUSD,1.1\n"), "first column is no date"),
        (zipped("Date,USD,\n"), "without any day"),
        (zipped("Date,USD,\n2026-10-30,1.1\n"), "2 cells instead of 3"),
        (zipped("Date,USD,\n2026-10-30,abc,\n"), "USD of 2026-10-30 is 'abc'"),
        (zipped("Date,USD,\n2026-10-30,0,\n"), "USD of 2026-10-30 is '0'"),
        (zipped("Date,USD,\n30 October 2026,1.1,\n"), "a day '30 October 2026'"),
    ],
)
def test_what_is_no_file_of_rates_is_refused_and_says_why(
    bank_alone: Bank, instead: bytes, says: str
) -> None:
    bank_alone.instead = instead
    with pytest.raises(MalformedAnswer, match=says) as caught:
        Client.of(account("ecb", "reference")).history()
    assert "ecb/reference" in str(caught.value)
    assert "Remedy: Load again" in str(caught.value)
    assert len(bank_alone.asked) == settings.READS_OF_ONE_FILE


def test_a_file_that_is_none_lands_nothing_and_the_next_run_repairs_it(bank: Bank) -> None:
    bank.instead = b"<html><body>Sign in to the hotel's network</body></html>"
    with pytest.raises(LoadFailed, match="a web page"):
        bank.load()
    assert bank.rows("exchange_rates") == 0
    bank.instead = None
    assert bank.load().rows > 0


@pytest.mark.parametrize("quote", ["'", '"'])
def test_both_kinds_of_quotes(quote: str) -> None:
    assert from_xml(Bank().xml(quote))[TODAY] == {"USD": Bank().rate(TODAY)}


@pytest.mark.parametrize(
    "content",
    [
        Bank().xml()[:-30],
        b'<!DOCTYPE x [<!ENTITY a "1.1">]><Cube time="2026-10-30"><Cube currency="USD" rate="&a;"/></Cube>',
        b"<Envelope/>",
        b"",
    ],
)
def test_xml_that_is_not_the_banks_is_refused(content: bytes) -> None:
    with pytest.raises(NoRates):
        from_xml(content)


def test_the_practice_banks_rates_from_the_command_line(
    database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACCOUNTS_FILE", str(tmp_path / "accounts.toml"))
    with running(build_world(20, 7, datetime(2026, 11, 22, 6, tzinfo=UTC))) as here:
        (tmp_path / "accounts.toml").write_text(f'[ecb.reference]\nbase_url = "{here.url}/ecb"\n')
        landed = Landed()
        landed.platform, landed.account_id = "ecb", "reference"
        process = landed.command("ecb")
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, output + errors
        assert "ecb/reference" in output
        assert landed.rows("exchange_rates") == len(landed.documents("exchange_rates")) > 200
        get_settings.cache_clear()
        assert load("ecb", "reference").rows == 0
