"""Gates as asset checks: one check per table, its rules as a table of metadata."""

from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
from orchestration.gates import Finding, Gate, Verdict, judge
from orchestration.platforms import Platform

ARRIVAL = "gate_on_arrival"
PUBLICATION = "gate_on_publication"


def arrival(platform: Platform, gates: Sequence[Gate]) -> dg.AssetChecksDefinition:
    """The gates of a platform on arrival."""
    description = (
        "What must be true of the documents that arrived in the last day, as the platform declares it."
    )
    return _checks(f"{platform.dataset}_gates", gates, check=ARRIVAL, description=description)


def publication(gates: Sequence[Gate]) -> dg.AssetChecksDefinition:
    """The gates on the published marts."""
    description = "What a reader of this mart may count on, judged from outside after it was built."
    return _checks("marts_gates", gates, check=PUBLICATION, description=description)


def _checks(name: str, gates: Sequence[Gate], *, check: str, description: str) -> dg.AssetChecksDefinition:
    """One step that judges every selected gate; the checks sit on the tables' own assets."""
    by_check = {dg.AssetCheckKey(_key(gate), check): gate for gate in gates}
    specs = [dg.AssetCheckSpec(check, asset=key.asset_key, description=description) for key in by_check]

    @dg.multi_asset_check(name=name, specs=specs, can_subset=True, op_tags={"kind": "great_expectations"})
    def gate(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        selected = [key for key in by_check if key in context.selected_asset_check_keys]
        verdicts = judge(by_check[key] for key in selected)
        for key, verdict in zip(selected, verdicts, strict=True):
            yield result(key, verdict)

    return gate


def result(key: dg.AssetCheckKey, verdict: Verdict) -> dg.AssetCheckResult:
    """What Dagster shows of a verdict."""
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=verdict.passed and verdict.exists,
        severity=dg.AssetCheckSeverity.WARN if verdict.only_warns else dg.AssetCheckSeverity.ERROR,
        description=_sentence(verdict),
        metadata={
            "rows looked at": verdict.rows,
            "rules kept": sum(finding.passed for finding in verdict.findings),
            "rules": dg.TableMetadataValue(
                records=[dg.TableRecord(_record(finding)) for finding in verdict.findings],
                schema=dg.TableSchema([dg.TableColumn(name, "string") for name in COLUMNS]),
            ),
        },
    )


COLUMNS = ("rule", "kept", "broken rows", "such as")


def _record(finding: Finding) -> dict[str, Any]:
    kept = "yes" if finding.passed else "no" if finding.rule.severity == "error" else "no (warning)"
    sample = finding.trouble or "; ".join(finding.sample)
    return dict(zip(COLUMNS, (finding.rule.says, kept, f"{finding.broken:,}", sample), strict=True))


def _sentence(verdict: Verdict) -> str:
    if not verdict.exists:
        return f"{verdict.gate.relation} does not exist yet: load or build it first."
    broken = [finding for finding in verdict.findings if not finding.passed]
    if not broken:
        return f"{verdict.rows:,} rows keep every rule."
    return "Broken: " + "; ".join(f"{finding.rule.says} ({finding.broken:,} rows)" for finding in broken)


def _key(gate: Gate) -> dg.AssetKey:
    return dg.AssetKey([gate.schema, gate.table])
