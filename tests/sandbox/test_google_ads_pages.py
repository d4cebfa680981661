"""Pages of `search`, batches of `searchStream`, and what can be said around the rows."""

from __future__ import annotations

from datetime import timedelta

from sandbox.running import Running
from tests.sandbox.google_callers import ADWORDS, AdsCaller, code

QUERY = (
    "SELECT campaign.id, segments.date, metrics.clicks FROM campaign "
    "WHERE segments.date DURING LAST_30_DAYS ORDER BY segments.date, campaign.id"
)
CLICKS = "SELECT campaign.id, metrics.clicks FROM campaign WHERE segments.date DURING LAST_30_DAYS"


def test_pages_are_followed_by_their_tokens(ads: AdsCaller) -> None:
    whole = ads.rows(QUERY)
    ads.configure(page_rows=25)
    rows, token = [], ""
    while True:
        page = ads.ask(QUERY, pageToken=token, searchSettings={"returnTotalResultsCount": True}).json()
        assert page["totalResultsCount"] == str(len(whole))
        rows += page["results"]
        token = page.get("nextPageToken", "")
        if not token:
            break
        assert len(page["results"]) == 25
    assert rows == whole


def test_a_token_is_for_its_query_and_its_customer(ads: AdsCaller) -> None:
    ads.configure(page_rows=25)
    token = ads.ask(QUERY).json()["nextPageToken"]
    for answer in (
        ads.ask(CLICKS, pageToken=token),
        ads.ask(QUERY, pageToken="x"),
        ads.ask(QUERY, pageToken=token, customer="1000000004"),
    ):
        assert (answer.status_code, code(answer)) == (400, "INVALID_PAGE_TOKEN")


def test_a_token_lives_for_two_hours(own_practice: Running) -> None:
    ads = AdsCaller(own_practice, "google_ads", "harbour", ADWORDS)
    ads.configure(page_rows=5)
    token = ads.ask(QUERY).json()["nextPageToken"]
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(hours=2))
    assert ads.ask(QUERY, pageToken=token).ok
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(seconds=1))
    assert code(ads.ask(QUERY, pageToken=token)) == "EXPIRED_PAGE_TOKEN"


def test_further_pages_are_no_operations(ads: AdsCaller) -> None:
    ads.configure(page_rows=25, operations_per_day=1)
    token = ads.ask(QUERY).json()["nextPageToken"]
    assert ads.ask(QUERY, pageToken=token).ok
    assert ads.ask(QUERY).status_code == 429


def test_the_size_of_a_page_is_nobodys_choice(ads: AdsCaller) -> None:
    answer = ads.ask(QUERY, pageSize=100)
    assert (answer.status_code, code(answer)) == (400, "PAGE_SIZE_NOT_SUPPORTED")
    assert answer.json()["error"]["details"][0]["errors"][0]["message"] == (
        "Setting the page size is not supported. Search Responses will have fixed page size of '10000' rows."
    )


def test_a_stream_is_an_array_over_many_lines(ads: AdsCaller) -> None:
    ads.configure(batch_rows=40)
    answer = ads.ask(QUERY, verb="searchStream")
    assert answer.text.startswith('[{\n  "results": [\n')
    assert "}\n,\n{" in answer.text
    batches = answer.json()
    assert [row for one in batches for row in one["results"]] == ads.rows(QUERY)
    assert {len(one["results"]) for one in batches[:-1]} == {40}
    assert {one["requestId"] for one in batches} == {answer.headers["request-id"]}
    assert ["queryResourceConsumption" in one for one in batches] == [False] * (len(batches) - 1) + [True]


def test_nothing_found_is_an_answer_without_results(ads: AdsCaller) -> None:
    query = f"{CLICKS} AND campaign.id = 1"
    page = ads.ask(query).json()
    assert (page["fieldMask"], "results" in page) == ("campaign.id,metrics.clicks", False)
    (batch,) = ads.ask(query, verb="searchStream").json()
    assert "results" not in batch


def test_a_row_for_all_rows(ads: AdsCaller) -> None:
    rows = ads.rows(CLICKS)
    clicks = str(sum(int(row["metrics"]["clicks"]) for row in rows))
    page = ads.ask(f"{CLICKS} LIMIT 1", searchSettings={"returnSummaryRow": True}).json()
    assert page["summaryRow"] == {"metrics": {"clicks": clicks}}
    assert len(page["results"]) == 1
    *_, last = ads.ask(CLICKS, verb="searchStream", summaryRowSetting="SUMMARY_ROW_WITH_RESULTS").json()
    assert last["summaryRow"] == {"metrics": {"clicks": clicks}}
    (only,) = ads.ask(CLICKS, verb="searchStream", summaryRowSetting="SUMMARY_ROW_ONLY").json()
    assert "results" not in only
    without = ads.ask("SELECT campaign.id FROM campaign", searchSettings={"returnSummaryRow": True})
    assert code(without) == "CANNOT_RETURN_SUMMARY_ROW_FOR_REQUEST_WITHOUT_METRICS"


def test_results_may_be_left_out_and_queries_tried(ads: AdsCaller) -> None:
    page = ads.ask(QUERY, searchSettings={"omitResults": True, "returnTotalResultsCount": True}).json()
    assert "results" not in page
    assert int(page["totalResultsCount"]) == len(ads.rows(QUERY))
    assert ads.ask(QUERY, validateOnly=True).json() == {}
    assert ads.ask("SELECT campaign.x FROM campaign", validateOnly=True).status_code == 400


def test_orders_and_limits(ads: AdsCaller) -> None:
    rows = ads.rows(f"{CLICKS} ORDER BY metrics.clicks DESC LIMIT 2")
    most = sorted((int(row["metrics"]["clicks"]) for row in ads.rows(CLICKS)), reverse=True)[:2]
    assert [int(row["metrics"]["clicks"]) for row in rows] == most
