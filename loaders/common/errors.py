"""What can go wrong with an account, by cause. Each error names the account and the remedy."""

from __future__ import annotations


class LoaderError(Exception):
    """A load of one account, or of one of its resources, cannot go on.

    `remedy` is what a person can do about it; `stops_account` tells whether the account's other
    resources would fail in the same way.
    """

    stops_account = False

    def __init__(self, account: str, cause: str, remedy: str) -> None:
        super().__init__(f"{account}: {cause} Remedy: {remedy}")
        self.account = account
        self.cause = cause
        self.remedy = remedy


class AccountMisconfigured(LoaderError):
    """The accounts file or a secret is missing or wrong."""

    stops_account = True


class AccountSwitched(LoaderError):
    """The name belongs to another shop than the one whose documents are already landed."""

    stops_account = True


class WrongToken(LoaderError):
    """The vendor does not accept the token."""

    stops_account = True


class UnknownShop(LoaderError):
    """There is no such shop, or it is closed."""

    stops_account = True


class NoNetwork(LoaderError):
    """The vendor cannot be reached."""

    stops_account = True


class NoAnswerInTime(LoaderError):
    """The vendor was reached and takes longer over an answer than we wait."""


class VersionFellForward(LoaderError):
    """The vendor answered with another API version than the one asked for."""

    stops_account = True


class VersionExpired(LoaderError):
    """The vendor no longer serves the API version that we ask for."""

    stops_account = True


class MissingScope(LoaderError):
    """The token may not read this."""


class ThrottledTooLong(LoaderError):
    """The vendor kept asking for patience until ours ran out: asking at once again would only wait again."""

    stops_account = True


class StillLimited(ThrottledTooLong):
    """A few attempts within minutes met a limit; it may be gone in a while."""


class VendorTrouble(LoaderError):
    """The vendor keeps failing on its own side."""


class MalformedAnswer(LoaderError):
    """The answer is not what the vendor's documentation promises; nothing of it was landed."""


class QueryRejected(LoaderError):
    """The vendor refuses or misreads a query of ours."""


class BulkFailed(LoaderError):
    """A bulk operation did not complete."""
