"""JSON Web Tokens signed with RS256, read and written the way Google's token endpoint does."""

import base64
import binascii
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS, EXPONENT = 2048, 65537


class Malformed(ValueError):
    """Text that is no JWT: not three segments of base64 with JSON objects in the first two."""


@dataclass(frozen=True)
class Jwt:
    """A JWT as it came: nothing of it is believed yet."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes  # what the signature is over
    signature: bytes

    @classmethod
    def read(cls, text: str) -> "Jwt":
        """Take a JWT apart, or raise `Malformed`."""
        parts = text.split(".")
        if len(parts) != 3:
            raise Malformed("three segments")
        header, claims, signature = (_decoded(part) for part in parts)
        return cls(_object(header), _object(claims), ".".join(parts[:2]).encode(), signature)

    def is_signed_by(self, key: rsa.RSAPublicKey) -> bool:
        """Whether it says RS256 and the signature is the key's."""
        if self.header.get("alg") != "RS256":
            return False
        try:
            key.verify(self.signature, self.signed, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


@cache
def private_key() -> rsa.RSAPrivateKey:
    """The key of every service account; making one takes a while, so a process has one."""
    return rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)


@cache
def private_key_text() -> str:
    """The same as service accounts' files have it."""
    kind = serialization.PrivateFormat.PKCS8
    text = private_key().private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    return text.decode()


def signed(claims: dict[str, Any], *, key_id: str) -> str:
    """A JWT with these claims, signed with the process's key."""
    header = {"alg": "RS256", "kid": key_id, "typ": "JWT"}
    text = f"{_encoded(orjson.dumps(header))}.{_encoded(orjson.dumps(claims))}"
    return f"{text}.{_encoded(private_key().sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Malformed("JSON") from error
    if not isinstance(found, dict):
        raise Malformed("an object")
    return found


def _decoded(text: str) -> bytes:
    try:
        padded = (text + "=" * (-len(text) % 4)).encode("ascii")
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed("base64") from error


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
