"""The bank's two kinds of file: a zipped table of all days, and XML of the last ninety.

Both give the rates as text, and as text they are kept: the table without zeros at the end, the XML with
them. A currency without a rate on a day (N/A) is left out of that day.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from xml.parsers import expat

from loaders.ecb import settings

Rates = dict[str, str]
Days = dict[date, Rates]

_CURRENCY = re.compile(r"[A-Z]{3}")
_RATE = re.compile(r"\d+(\.\d+)?")
_MISSING = ("", "N/A")


class NoRates(ValueError):
    """A file is not what the bank publishes; says what it is instead."""


def from_zip(content: bytes) -> Days:
    """The days of the zipped table. Raises NoRates."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = [one for one in archive.infolist() if one.filename.endswith(".csv")]
            if len(tables) != 1 or tables[0].file_size > settings.MOST_BYTES:
                raise NoRates("a zip file without the one table of rates")
            text = archive.read(tables[0]).decode("utf-8-sig")
    except (zipfile.BadZipFile, EOFError, OSError, UnicodeDecodeError) as error:
        raise NoRates(_instead(content, "whole zip file")) from error
    rows = csv.reader(io.StringIO(text))
    header = [cell.strip() for cell in next(rows, [])]
    if header[:1] != ["Date"]:
        raise NoRates("a table whose first column is no date")
    return _checked(_row(header, [cell.strip() for cell in row]) for row in rows if row)


def from_xml(content: bytes) -> Days:
    """The days of the XML file, whichever quotes it uses. Raises NoRates."""
    days: list[tuple[str, Rates]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in given:
            days.append((given["time"], {}))
        elif "currency" in given and days:
            days[-1][1][given["currency"]] = given.get("rate", "")

    def refuse(*_: object) -> None:
        # The bank's file declares no document type; entities of a stranger's could be anything.
        raise NoRates(_instead(content, "plain XML file"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise NoRates(_instead(content, "whole XML file")) from error
    return _checked(days)


def _row(header: list[str], row: list[str]) -> tuple[str, Rates]:
    if len(row) != len(header):
        raise NoRates(f"a table with a row of {len(row)} cells instead of {len(header)}")
    # Every line ends with a comma: the last column has neither a name nor values.
    return row[0], {name: cell for name, cell in zip(header[1:], row[1:], strict=True) if name}


def _checked(found: Iterable[tuple[str, Rates]]) -> Days:
    days: Days = {}
    for day, rates in found:
        kept = {name: rate for name, rate in rates.items() if rate not in _MISSING}
        for name, rate in kept.items():
            if not _CURRENCY.fullmatch(name) or not _RATE.fullmatch(rate) or not float(rate):
                raise NoRates(f"a file whose {name} of {day} is {rate!r}")
        try:
            days[date.fromisoformat(day)] = kept
        except ValueError:
            raise NoRates(f"a file with a day {day!r}") from None
    if not days:
        raise NoRates("a file without any day")
    return days


def _instead(content: bytes, otherwise: str) -> str:
    head = content[:512].lstrip().lower()
    return "a web page" if head.startswith((b"<!doctype html", b"<html")) else f"no {otherwise}"
