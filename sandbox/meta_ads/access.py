"""Who is asking: the token's account, and the proof that the app itself is calling."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from sandbox.meta_ads import errors

TOKEN = re.compile(r"EAA[A-Za-z0-9]{20,}")
APP_ID = "300000000000001"
APP_SECRET = hashlib.sha256(b"countinghouse sandbox meta app").hexdigest()[:32]


@dataclass(frozen=True)
class Credentials:
    """What came with a request."""

    token: str | None
    in_header: bool = False
    proof: str | None = None


def token_of(account: str) -> str:
    """The system user's token that sees this account, the same in every sandbox."""
    return f"EAAB{hashlib.sha256(f'countinghouse sandbox meta {account}'.encode()).hexdigest()}"


def proof_of(token: str) -> str:
    """What `appsecret_proof` has to be."""
    return hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def refusal(given: Credentials, now: datetime, *, of_me: bool) -> errors.GraphError:
    """What is wrong with a token that is nobody's."""
    if not given.token:
        return errors.no_token(of_me=of_me)
    if not TOKEN.fullmatch(given.token):
        return errors.malformed_token(in_header=given.in_header)
    return errors.refused_token(now)


def check_proof(given: Credentials, *, required: bool) -> None:
    """A proof that is sent has to be right, whether it is required or not."""
    if given.proof is None:
        if required:
            raise errors.missing_proof()
    elif not hmac.compare_digest(given.proof.encode(), proof_of(given.token or "").encode()):
        raise errors.wrong_proof()
