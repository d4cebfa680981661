"""The bank's files, byte for byte in its own manner: every one writes the same rates in another way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta

from sandbox.ecb.rates import CURRENCIES, Fixing

CODES = [one.code for one in CURRENCIES]
OPENING = (
    '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
    'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
NINETY_DAYS = timedelta(days=90)


def history_csv(fixings: Sequence[Fixing]) -> str:
    """All days, newest first: no spaces, no zeros at the end, a comma after the last value."""
    lines = [",".join(("Date", *CODES, ""))]
    for one in reversed(fixings):
        rates = ("N/A" if rate is None else without_zeros(rate) for rate in one.rates)
        lines.append(",".join((one.day.isoformat(), *rates, "")))
    return "\n".join((*lines, ""))


def daily_csv(latest: Fixing) -> str:
    """The last day alone: spaces after commas, all decimals, only what is quoted."""
    quoted = [(code, rate) for code, rate in zip(CODES, latest.rates, strict=True) if rate is not None]
    header = ", ".join(("Date", *(code for code, _ in quoted), ""))
    day = f"{latest.day.day} {latest.day:%B %Y}"
    return "\n".join((header, ", ".join((day, *(rate for _, rate in quoted), "")), ""))


def history_xml(fixings: Sequence[Fixing]) -> str:
    """Days, newest first, on one line each: double quotes, no zeros at the end."""
    days = []
    for one in reversed(fixings):
        cubes = "".join(
            f'<Cube currency="{code}" rate="{without_zeros(rate)}"/>'
            for code, rate in zip(CODES, one.rates, strict=True)
            if rate is not None
        )
        days.append(f'<Cube time="{one.day}">{cubes}</Cube>\n')
    sender = "<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>"
    subject = "<gesmes:subject>Reference rates</gesmes:subject>"
    return f"{DECLARATION}{OPENING}{subject}{sender}<Cube>{''.join(days)}</Cube></gesmes:Envelope>"


def daily_xml(latest: Fixing) -> str:
    """The last day alone: tabs, single quotes, all decimals."""
    cubes = "".join(
        f"\t\t\t<Cube currency='{code}' rate='{rate}'/>\n"
        for code, rate in zip(CODES, latest.rates, strict=True)
        if rate is not None
    )
    return (
        f"{DECLARATION}\n{OPENING}\n\t<gesmes:subject>Reference rates</gesmes:subject>\n"
        "\t<gesmes:Sender>\n\t\t<gesmes:name>European Central Bank</gesmes:name>\n\t</gesmes:Sender>\n"
        f"\t<Cube>\n\t\t<Cube time='{latest.day}'>\n{cubes}\t\t</Cube>\n\t</Cube>\n</gesmes:Envelope>"
    )


def of_ninety_days(fixings: Sequence[Fixing]) -> list[Fixing]:
    """The fixings of the last ninety days."""
    first = fixings[-1].day - NINETY_DAYS
    return [one for one in fixings[-NINETY_DAYS.days :] if one.day >= first]


def zipped(name: str, text: str) -> bytes:
    """A zip file with that one file in it; equal contents make equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        inside = zipfile.ZipInfo(name)
        inside.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(inside, text)
    return packed.getvalue()


def without_zeros(rate: str) -> str:
    """0.8380 is 0.838, and 136.00 is 136."""
    return rate.rstrip("0").rstrip(".") if "." in rate else rate
