"""Everything the stand-in's schema declares exists in the vendor's, with the same type."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLUnionType, build_client_schema, validate_schema

from sandbox.shopify.schema import schema
from tests.conftest import shared_path


@pytest.fixture(scope="module")
def vendor() -> dict[str, Any]:
    path = shared_path("data", "shopify_admin_schema", "admin_2026-10.json.gz")
    with gzip.open(path) as file:
        read = json.load(file)
    types: dict[str, Any] = build_client_schema(read.get("data", read)).type_map
    return types


def own_types() -> Iterator[Any]:
    return (type_ for name, type_ in schema().type_map.items() if not name.startswith("__"))


def test_it_is_a_valid_schema() -> None:
    assert validate_schema(schema()) == []


def test_types_are_the_vendors_of_the_same_kind(vendor: dict[str, Any]) -> None:
    for type_ in own_types():
        assert type(vendor.get(type_.name)) is type(type_), type_.name


def test_fields_and_arguments_have_the_vendors_types(vendor: dict[str, Any]) -> None:
    checked = 0
    for type_ in own_types():
        for name, field in getattr(type_, "fields", {}).items():
            theirs = vendor[type_.name].fields[name]
            where = f"{type_.name}.{name}"
            assert str(field.type) == str(theirs.type), where
            for argument, declared in field.args.items():
                assert str(declared.type) == str(theirs.args[argument].type), f"{where}({argument})"
                assert declared.default_value == theirs.args[argument].default_value, f"{where}({argument})"
            checked += 1
    assert checked > 700


def test_enum_values_and_union_members_are_the_vendors(vendor: dict[str, Any]) -> None:
    for type_ in own_types():
        if isinstance(type_, GraphQLEnumType):
            assert set(type_.values) == set(vendor[type_.name].values), type_.name
        if isinstance(type_, GraphQLUnionType):
            theirs = {member.name for member in vendor[type_.name].types}
            assert {member.name for member in type_.types} <= theirs, type_.name


def test_interfaces_are_implemented_as_at_the_vendor(vendor: dict[str, Any]) -> None:
    for type_ in own_types():
        for interface in getattr(type_, "interfaces", ()):
            theirs = {each.name for each in vendor[type_.name].interfaces}
            assert interface.name in theirs, f"{type_.name} implements {interface.name}"


def test_required_arguments_of_the_vendor_are_required_here(vendor: dict[str, Any]) -> None:
    for type_ in own_types():
        for name, field in getattr(type_, "fields", {}).items():
            theirs = vendor[type_.name].fields[name]
            required = {key for key, each in theirs.args.items() if str(each.type).endswith("!")}
            assert required <= set(field.args), f"{type_.name}.{name}"
