"""JSON into messages of proto3, as strictly as Google's front reads it.

A schema is data: `{"DateRange": {"start_date": "string", ...}}`, where a field is a scalar, the name of an
enum or of a message, or any of these in brackets for many: `"[DateRange]"`. Names come in lowerCamelCase or
snake_case; messages go out as dicts with snake_case keys, without what was not sent or null.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sandbox.google.errors import RpcError, invalid_argument

Message = dict[str, Any]
INTEGERS = {"int32": 32, "int64": 64}
WRITTEN_INTEGER = re.compile(r"-?\d{1,19}")


@dataclass(frozen=True)
class Schema:
    """Messages by name, values of enums by name, and the package that both are of."""

    package: str
    messages: Mapping[str, Mapping[str, str]]
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, body: bytes, message: str) -> Message:
        """The message that a body holds, or `RpcError`; an empty body is an empty message."""
        try:
            sent = orjson.loads(body) if body.strip() else {}
        except orjson.JSONDecodeError as error:
            text = body.decode("utf-8", "replace")[max(0, error.pos - 20) : error.pos + 20]
            raise _bad([("", f"Invalid JSON payload received. Unexpected token.\n{text}\n^")]) from None
        if not isinstance(sent, dict):
            what = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
            raise _bad([("", what)])
        reader = _Reader(self)
        found = reader.message(sent, message, path="")
        if reader.violations:
            raise _bad(reader.violations)
        return found


class _Reader:
    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.violations: list[tuple[str, str]] = []

    def message(self, sent: Mapping[str, Any], name: str, *, path: str) -> Message:
        fields = self.schema.messages[name]
        found: Message = {}
        for key, value in sent.items():
            known = _snake(key)
            if known not in fields or (key != known and key != camel(known)):
                self._unknown(key, path, "Cannot find field.")
            elif value is not None:
                below = f"{path}.{known}" if path else known
                self._take(found, known, value=value, kind=fields[known], path=below)
        return found

    def _take(self, found: Message, key: str, *, value: Any, kind: str, path: str) -> None:
        if kind.startswith("["):
            many = value if isinstance(value, list) else [value]
            found[key] = [
                self._value(one, kind[1:-1], path=f"{path}[{place}]") for place, one in enumerate(many)
            ]
        elif isinstance(value, list):
            parent = path.rpartition(".")[0]
            self._unknown(camel(key), parent, "Proto field is not repeating, cannot start list.")
        else:
            found[key] = self._value(value, kind, path=path)

    def _value(self, value: Any, kind: str, *, path: str) -> Any:
        if kind in self.schema.messages:
            if isinstance(value, dict):
                return self.message(value, kind, path=path)
            return self._wrong(value, path, f"type.googleapis.com/{self.schema.package}.{kind}")
        if kind in self.schema.enums:
            return self._enum(value, kind, path=path)
        read = SCALARS[kind](value)
        return self._wrong(value, path, f"TYPE_{kind.upper()}") if read is None else read

    def _enum(self, value: Any, kind: str, *, path: str) -> Any:
        values = self.schema.enums[kind]
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(values):
            return values[value]
        if value in values:
            return value
        return self._wrong(value, path, f"type.googleapis.com/{self.schema.package}.{kind}")

    def _wrong(self, value: Any, path: str, kind: str) -> None:
        text = orjson.dumps(value).decode()
        self.violations.append((path, f"Invalid value at '{path}' ({kind}), {text}"))

    def _unknown(self, key: str, path: str, why: str) -> None:
        at = f" at '{path}'" if path else ""
        self.violations.append((path, f'Invalid JSON payload received. Unknown name "{key}"{at}: {why}'))


def camel(name: str) -> str:
    """`date_ranges` as JSON has it: `dateRanges`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", name)


def _bad(violations: list[tuple[str, str]]) -> RpcError:
    shown = [
        {**({"field": path} if path else {}), "description": description} for path, description in violations
    ]
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": shown}]
    return invalid_argument("\n".join(description for _, description in violations), details)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _bool(value: Any) -> bool | None:
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else _only(value, bool)


def _only(value: Any, kind: type) -> Any:
    return value if isinstance(value, kind) else None


def _integer(bits: int) -> Any:
    def read(value: Any) -> int | None:
        if isinstance(value, str) and WRITTEN_INTEGER.fullmatch(value):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value if -(1 << bits - 1) <= value < 1 << bits - 1 else None

    return read


def _double(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


SCALARS: Mapping[str, Any] = {
    "string": _string,
    "bool": _bool,
    "double": _double,
    **{kind: _integer(bits) for kind, bits in INTEGERS.items()},
}
