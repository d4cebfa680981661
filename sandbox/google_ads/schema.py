"""The messages that the search methods take."""

from sandbox.google.transcoding import Schema

MESSAGES = {
    "SearchGoogleAdsRequest": {
        "customer_id": "string",
        "query": "string",
        "page_token": "string",
        "page_size": "int32",
        "validate_only": "bool",
        "search_settings": "SearchSettings",
    },
    "SearchGoogleAdsStreamRequest": {
        "customer_id": "string",
        "query": "string",
        "summary_row_setting": "SummaryRowSettingEnum.SummaryRowSetting",
    },
    "SearchSettings": {
        "omit_results": "bool",
        "return_summary_row": "bool",
        "return_total_results_count": "bool",
    },
}
ENUMS = {
    "SummaryRowSettingEnum.SummaryRowSetting": (
        "UNSPECIFIED",
        "UNKNOWN",
        "NO_SUMMARY_ROW",
        "SUMMARY_ROW_WITH_RESULTS",
        "SUMMARY_ROW_ONLY",
    ),
}


def schema(version: str) -> Schema:
    """The messages of a version; they differ by the name of their package alone."""
    return Schema(f"google.ads.googleads.{version}.services", MESSAGES, ENUMS)
