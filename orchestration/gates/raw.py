"""Gates on arrival: what must be true of raw documents, for every platform and by the platform's own word.

They look at the loads of the last day before the newest one, through the index on `_dlt_load_id`, so that
their cost follows what arrived and not what is there. Times are compared with each other, never with this
machine's clock: a vendor's clock, or a practice shop's, may stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestration.gates.engine import Gate, Rule
from orchestration.platforms import Platform

KEYS = ("account_id", "id")

# \u0000 is legal JSON and no character of PostgreSQL's: staging heals it, so it is no fault here.
HEALED = r"regexp_replace(document, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')"
READABLE = f"(pg_input_is_valid(document, 'jsonb') or pg_input_is_valid({HEALED}, 'jsonb'))"


def raw_gates(platform: Platform) -> list[Gate]:
    """A gate for every raw table of the platform."""
    return [_gate(platform, resource.name) for resource in platform.resources]


def _gate(platform: Platform, resource: str) -> Gate:
    declared = platform.expectations.get(resource, {})
    rules = [*_of_every_log(), *_declared(platform, resource, declared)]
    return Gate(platform.dataset, resource, rules, KEYS, arrivals(platform.dataset, resource))


def arrivals(dataset: str, resource: str) -> str:
    """The rows of the completed loads of the last day before the newest load."""
    return (
        f"select * from {dataset}.{resource} where _dlt_load_id in (select load_id from {dataset}._dlt_loads "
        "where status = 0 and inserted_at > "
        f"(select max(inserted_at) - interval '1 day' from {dataset}._dlt_loads where status = 0))"
    )


def _of_every_log() -> list[Rule]:
    return [
        Rule.no_rows(
            "a row is either a document or the mark of a deletion",
            "select account_id, id from {batch} where (document is null) <> is_deleted",
        ),
        Rule.no_rows(
            "every document can be read as JSON",
            f"select account_id, id from {{batch}} where document is not null and not {READABLE}",
        ),
        Rule.no_rows(
            "no document was changed after it was read",
            "select account_id, id, updated_at, observed_at from {batch} "
            "where updated_at > observed_at + interval '1 day'",
            severity="warn",
        ),
    ]


def _declared(platform: Platform, resource: str, declared: Mapping[str, Any]) -> list[Rule]:
    rules = []
    if pattern := declared.get("id_pattern"):
        rules.append(
            Rule(
                "every id has the vendor's form",
                "expect_column_values_to_match_regex",
                {"column": "id", "regex": pattern},
            )
        )
    if keys := declared.get("required_keys"):
        rules.append(_required(keys))
    if rows := declared.get("min_rows"):
        rules.append(_at_least(platform, resource, rows))
    if hours := declared.get("newest_within_hours"):
        rules.append(_newest(platform, resource, hours))
    return rules


def _required(keys: list[str]) -> Rule:
    listed = ", ".join(f"'{key}'" for key in keys)
    complete = f"jsonb_exists_all(cast(document as jsonb), array[{listed}])"
    return Rule.no_rows(
        "every document has the fields that the models read",
        "select account_id, id from {batch} where "
        f"case when pg_input_is_valid(document, 'jsonb') then not {complete} else false end",
    )


def _at_least(platform: Platform, resource: str, rows: int) -> Rule:
    """Counted up to `rows` only; accounts that have never completed a load are not asked."""
    table, pipelines = f"{platform.dataset}.{resource}", f"{platform.dataset}._dlt_pipeline_state"
    loaded = f"select distinct substr(pipeline_name, {len(platform.name) + 2}) as account_id from {pipelines}"
    counted = f"select 1 from {table} row where row.account_id = loaded.account_id limit {rows}"
    return Rule.no_rows(
        f"every account that was loaded has at least {rows} of them",
        f"select account_id from ({loaded}) loaded where (select count(*) from ({counted}) counted) < {rows} "
        "and (select count(*) from {batch}) >= 0",
    )


def _newest(platform: Platform, resource: str, hours: int) -> Rule:
    """The newest row here, beside the newest row of anything that arrived for the same account."""
    arrived = " union all ".join(
        f"select account_id, observed_at from ({arrivals(platform.dataset, one.name)}) {one.name}_arrived"
        for one in platform.resources
    )
    here = f"select account_id, max(observed_at) as newest_here from {platform.dataset}.{resource} group by 1"
    return Rule.no_rows(
        f"they are not more than {hours} hours behind what else arrived",
        "select account_id, newest, newest_here "
        f"from (select account_id, max(observed_at) as newest from ({arrived}) arrived group by 1) arrivals "
        f"left join ({here}) here using (account_id) "
        f"where (newest_here is null or newest_here < newest - interval '{hours} hours') "
        "and (select count(*) from {batch}) >= 0",
        severity="warn",
    )
