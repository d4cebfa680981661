"""The query language of Google Ads: what it understands, and how it says that it does not."""

from __future__ import annotations

import pytest

from sandbox.google_ads.errors import AdsFailure
from sandbox.google_ads.gaql import Condition, Query, parse
from sandbox.google_ads.match import fits
from tests.sandbox.google_callers import AdsCaller, code

ON_DAYS = "segments.date BETWEEN '2026-11-01' AND '2026-11-20'"


def test_every_clause_is_read() -> None:
    text = """
        select campaign.id, metrics.clicks
        From campaign
        WHERE campaign.name LIKE 'It\\'s %' AND segments.date DURING LAST_7_DAYS
          AND campaign.status NOT IN ('REMOVED', PAUSED) AND metrics.clicks >= -5
          AND segments.date BETWEEN "2026-11-01" AND '20261130' AND campaign.end_date_time IS NOT NULL
        ORDER BY metrics.clicks DESC, campaign.id
        LIMIT 10
        PARAMETERS include_drafts=true, omit_unselected_resource_names = true
    """
    assert parse(text) == Query(
        ("campaign.id", "metrics.clicks"),
        "campaign",
        (
            Condition("campaign.name", "LIKE", ("It's %",)),
            Condition("segments.date", "DURING", ("LAST_7_DAYS",)),
            Condition("campaign.status", "NOT IN", ("REMOVED", "PAUSED")),
            Condition("metrics.clicks", ">=", ("-5",)),
            Condition("segments.date", "BETWEEN", ("2026-11-01", "20261130")),
            Condition("campaign.end_date_time", "IS NOT NULL", ()),
        ),
        (("metrics.clicks", True), ("campaign.id", False)),
        10,
        (("include_drafts", "true"), ("omit_unselected_resource_names", "true")),
    )


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("", "EXPECTED_SELECT"),
        ("campaign.id FROM campaign", "EXPECTED_SELECT"),
        ("SELECT campaign.id", "EXPECTED_FROM"),
        ("SELECT campaign.id, FROM campaign", "EXPECTED_FROM"),
        ("SELECT campaign.id FROM", "UNEXPECTED_END_OF_QUERY"),
        ("SELECT campaign.id FROM campaign, ad_group", "UNEXPECTED_INPUT"),
        ("SELECT * FROM campaign", "UNEXPECTED_INPUT"),
        ("SELECT campaign.id FROM campaign WHERE", "UNEXPECTED_END_OF_QUERY"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id", "UNEXPECTED_END_OF_QUERY"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id == 3", "UNEXPECTED_INPUT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id IS 3", "BAD_OPERATOR"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id = 3 OR campaign.id = 4", "UNEXPECTED_INPUT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id IN 3", "EXPECTED_LIST"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id IN ()", "PROHIBITED_EMPTY_LIST_IN_CONDITION"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id = (3)", "EXPECTED_SINGLE_VALUE"),
        ("SELECT a.b FROM c WHERE a.b BETWEEN 3, 4", "EXPECTED_VALUE_WITH_BETWEEN_OPERATOR"),
        ("SELECT campaign.id FROM campaign WHERE campaign.name = 'x", "STRING_NOT_TERMINATED"),
        ("SELECT campaign.id FROM campaign ORDER campaign.id", "EXPECTED_BY"),
        ("SELECT campaign.id FROM campaign LIMIT 0", "LIMIT_VALUE_TOO_LOW"),
        ("SELECT campaign.id FROM campaign LIMIT 1.5", "BAD_LIMIT_VALUE"),
        ("SELECT campaign.id FROM campaign PARAMETERS x=true", "BAD_PARAMETER_NAME"),
        ("SELECT campaign.id FROM campaign PARAMETERS include_drafts=maybe", "BAD_PARAMETER_VALUE"),
    ],
)
def test_what_is_no_query(text: str, failure: str) -> None:
    with pytest.raises(AdsFailure) as refused:
        parse(text)
    assert (refused.value.category, refused.value.code) == ("queryError", failure)


@pytest.mark.parametrize(
    ("query", "failure"),
    [
        ("SELECT cheese.id FROM cheese", "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE"),
        ("SELECT campaign.start_date FROM campaign", "UNRECOGNIZED_FIELD"),
        ("SELECT campaign.id FROM campaign ORDER BY campaign.foo", "UNRECOGNIZED_FIELD"),
        ("SELECT ad_group.id FROM campaign", "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE"),
        (
            "SELECT campaign.id FROM campaign WHERE ad_group.id = 1",
            "PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE",
        ),
        (
            "SELECT conversion_action.id, metrics.clicks FROM conversion_action",
            "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
        ),
        (
            "SELECT customer_client.id, segments.date FROM customer_client",
            "PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE",
        ),
        (
            "SELECT segments.conversion_action, metrics.clicks FROM campaign",
            "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
        ),
        (
            "SELECT campaign.id FROM campaign WHERE segments.conversion_action_name = 'Purchase'",
            "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
        ),
        ("SELECT campaign.id, segments.date FROM campaign", "EXPECTED_FILTERS_ON_DATE_RANGE"),
        (
            "SELECT campaign.id, segments.date FROM campaign WHERE segments.date >= '2026-11-01'",
            "EXPECTED_FILTERS_ON_DATE_RANGE",
        ),
        ("SELECT campaign.id FROM campaign WHERE segments.date = '01.11.2026'", "INVALID_DATE_FORMAT"),
        ("SELECT campaign.id FROM campaign WHERE segments.date = '2026-02-30'", "INVALID_DATE_FORMAT"),
        (
            "SELECT campaign.id FROM campaign WHERE segments.date DURING LAST_FORTNIGHT",
            "INVALID_VALUE_WITH_DURING_OPERATOR",
        ),
        (
            "SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '2026-11-02' AND '2026-11-01'",
            "INVALID_VALUE_WITH_BETWEEN_OPERATOR",
        ),
        ("SELECT campaign.id FROM campaign WHERE segments.date != '2026-11-01'", "OPERATOR_FIELD_MISMATCH"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id LIKE '1%'", "OPERATOR_FIELD_MISMATCH"),
        ("SELECT campaign.id FROM campaign WHERE campaign.status = 'ALIVE'", "BAD_ENUM_CONSTANT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id = 'x'", "BAD_NUMBER"),
        ("SELECT campaign.id FROM campaign WHERE campaign.name REGEXP_MATCH '('", "BAD_VALUE"),
        (
            "SELECT campaign.id, segments.date FROM campaign "
            "WHERE segments.date BETWEEN '2022-01-01' AND '2022-12-31'",
            "REQUESTED_DATE_GRANULARITY_NOT_SUPPORTED",
        ),
    ],
)
def test_queries_that_are_refused(ads: AdsCaller, query: str, failure: str) -> None:
    answer = ads.ask(query)
    assert (answer.status_code, code(answer)) == (400, failure)
    assert answer.json()["error"]["message"] == "Request contains an invalid argument."
    streamed = ads.ask(query, verb="searchStream")
    assert (streamed.status_code, code(streamed)) == (400, failure)
    assert len(streamed.json()) == 1


def test_the_words_for_a_field_that_is_none(ads: AdsCaller) -> None:
    error = ads.ask("SELECT campaign.foo FROM campaign").json()["error"]["details"][0]["errors"][0]
    assert error["message"] == "Unrecognized field in the query: 'campaign.foo'."


def test_older_days_have_no_rows_in_older_versions(ads: AdsCaller) -> None:
    ads.version = "v23"
    query = "SELECT campaign.id, segments.date FROM campaign WHERE segments.date BETWEEN '2022-01-01' AND "
    assert ads.rows(f"{query} '2022-12-31'") == []


def test_a_manager_has_no_figures(ads: AdsCaller) -> None:
    answer = ads.ask(
        f"SELECT campaign.id, metrics.clicks FROM campaign WHERE {ON_DAYS}", customer=ads.manager
    )
    assert (answer.status_code, code(answer)) == (400, "REQUESTED_METRICS_FOR_MANAGER")
    assert ads.rows("SELECT campaign.id FROM campaign", customer=ads.manager) == []


@pytest.mark.parametrize(
    ("operator", "values", "value", "kept"),
    [
        ("LIKE", ("brand%",), "Brand | Search", True),
        ("NOT LIKE", ("%[%]%",), "100 %", False),
        ("LIKE", ("B_and",), "Brand", True),
        ("REGEXP_MATCH", ("Brand.*",), "Brand | Search", True),
        ("NOT REGEXP_MATCH", ("Brand",), "Brand | Search", True),
        ("IN", ("a", "b"), "b", True),
        ("NOT IN", ("a", "b"), None, True),
        ("IS NULL", (), None, True),
        ("IS NOT NULL", (), "", False),
        ("!=", ("x",), "X", True),
    ],
)
def test_conditions_on_texts(operator: str, values: tuple[str, ...], value: str | None, kept: bool) -> None:
    assert fits(Condition("campaign.name", operator, values), value) is kept
    lists = {"CONTAINS ANY": True, "CONTAINS ALL": False, "CONTAINS NONE": False}
    for one, expected in lists.items():
        condition = Condition("ad_group_ad.ad.final_urls", one, ("a", "z"))
        assert fits(condition, ["a", "b"]) is expected
