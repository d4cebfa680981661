"""Who is asking: one token per advertiser, in a header of its own; tokens do not expire by themselves."""

import hashlib

APP_ID = "7200000000000000001"
APP_SECRET = hashlib.sha256(b"countinghouse sandbox tiktok app").hexdigest()[:40]


def token_of(account: str) -> str:
    """The token that sees this advertiser, the same in every sandbox."""
    return hashlib.sha256(f"countinghouse sandbox tiktok {account}".encode()).hexdigest()[:40]
