"""What any answer of Google's may hold, and connections that break on the way to a token."""

from __future__ import annotations

import pytest

from tests.loaders.scripted import Answer, Asked
from tests.loaders.scripted_ga4 import ID, Property

CUT, EXACT = '"cut":"\\ud83d"', '"exact":0.97348484848484851'


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(CUT, CUT), (EXACT, EXACT), (f"{CUT},{EXACT}", f'{CUT},"exact":0.9734848484848485')],
    ids=["text cut in the middle of a character", "more digits than a double holds", "both"],
)
def test_odd_texts_and_numbers_are_landed(ga4: Property, sent: str, kept: str) -> None:
    def between(asked: Asked) -> Answer | None:
        return (*ga4.say({})[:2], f"{{{sent}}}".encode()) if asked.path.endswith("/metadata") else None

    ga4.between = between
    ga4.load("properties")
    (document,) = (row[0] for row in ga4.sql("select document from raw_ga4.properties"))
    assert f'"metadata":{{{kept}}}' in document


def test_a_connection_that_breaks_on_the_way_to_a_token_is_made_again(
    ga4_alone: Property, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, broken = ga4_alone.reply, iter([True])

    def reply(asked: Asked) -> Answer:
        if next(broken, False):
            raise ConnectionAbortedError
        return whole(asked)

    monkeypatch.setattr(ga4_alone, "reply", reply)
    assert ga4_alone.client().property().id == ID
    assert len(ga4_alone.given) == 1
