"""Which failures of a load are tried again by themselves."""

from __future__ import annotations

import dagster as dg
import pytest

from loaders.common import LoadFailed, LoadReport, ResourceReport, errors
from loaders.common.google_token_refusals import NoToken, TokensFail
from loaders.meta_ads.runs import RunFailed, TooLate
from orchestration import raw_assets

MINUTES = (
    errors.NoNetwork,
    errors.StillLimited,
    errors.VendorTrouble,
    errors.BulkFailed,
    TokensFail,
    RunFailed,
)
FOR_GOOD = (
    errors.WrongToken,
    errors.MissingScope,
    errors.QueryRejected,
    errors.AccountMisconfigured,
    NoToken,
)
WAITED_FOR = (errors.ThrottledTooLong, TooLate)


@pytest.mark.parametrize("is_whole", [True, False], ids=["the account", "a resource"])
@pytest.mark.parametrize("kind", [*MINUTES, *FOR_GOOD, *WAITED_FOR])
def test_a_bad_minute_is_tried_again_and_nothing_that_was_waited_for(
    monkeypatch: pytest.MonkeyPatch, kind: type[errors.LoaderError], is_whole: bool
) -> None:
    trouble = kind("shopify/kiwi", "it is so.", "Do this.")
    report = LoadReport("shopify", "kiwi", {"orders": ResourceReport(error=trouble)})

    def load(*_: object, **__: object) -> LoadReport:
        raise trouble if is_whole else LoadFailed(report)

    monkeypatch.setattr(raw_assets, "load", load)
    config = raw_assets.LoadConfig(full=False, since=None, until=None)
    with dg.build_asset_context(partition_key="kiwi") as context, pytest.raises(dg.Failure) as caught:
        _, failure = raw_assets._load(context, "shopify", ["orders"], config)
        raise failure or AssertionError
    assert caught.value.allow_retries is (kind in MINUTES)
    assert "Do this." in str(caught.value.description)
