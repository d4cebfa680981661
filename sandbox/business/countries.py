"""Country names as invoices write them, and their ISO codes; what is no country has none."""

from __future__ import annotations

_CODES = """
Australia AU|Austria AT|Bahrain BH|Belgium BE|Bermuda BM|Brazil BR|Canada CA|Cyprus CY|Czech Republic CZ
Denmark DK|EIRE IE|Finland FI|France FR|Germany DE|Greece GR|Hong Kong HK|Iceland IS|Ireland IE|Israel IL
Italy IT|Japan JP|Korea KR|Lebanon LB|Lithuania LT|Luxembourg LU|Malta MT|Netherlands NL|New Zealand NZ
Nigeria NG|Norway NO|Poland PL|Portugal PT|RSA ZA|Saudi Arabia SA|Singapore SG|South Africa ZA|Spain ES
Sweden SE|Switzerland CH|Thailand TH|USA US|United Arab Emirates AE|United Kingdom GB|United States US
"""
_BY_NAME = {
    name: code
    for entry in _CODES.strip().replace("\n", "|").split("|")
    for name, _, code in (entry.rpartition(" "),)
}


def country_code(name: str | None) -> str | None:
    """The ISO code of a country, null where the name is none of them."""
    return None if name is None else _BY_NAME.get(name.strip())
