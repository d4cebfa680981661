"""What getMetadata and checkCompatibility say of the fields."""

from typing import Any

from sandbox.ga4.fields import DIMENSIONS, METRICS, Dimension, Metric, check_compatible, clash
from sandbox.ga4.validate import field_names
from sandbox.google.transcoding import Message


def metadata(property_id: str) -> dict[str, Any]:
    """All fields of a property; property 0 stands for what every property has."""
    return {
        "dimensions": [_dimension(one) for one in DIMENSIONS.values()],
        "metrics": [_metric(one) for one in METRICS.values()],
        "name": f"properties/{property_id}/metadata",
    }


def compatibility(request: Message) -> dict[str, Any]:
    """Of every field, whether it could be added to the request, which has to be possible itself."""
    dimensions, metrics = field_names(request)
    check_compatible(dimensions, metrics)
    wanted = request.get("compatibility_filter")

    def shown(clashes: bool, key: str, described: dict[str, Any]) -> list[dict[str, Any]]:
        verdict = "INCOMPATIBLE" if clashes else "COMPATIBLE"
        kept = wanted in (None, "COMPATIBILITY_UNSPECIFIED", verdict)
        return [{key: described, "compatibility": verdict}] if kept else []

    answer = {
        "dimensionCompatibilities": [
            row
            for name, one in DIMENSIONS.items()
            for row in shown(
                clash([*dimensions, name], metrics) is not None, "dimensionMetadata", _dimension(one)
            )
        ],
        "metricCompatibilities": [
            row
            for name, one in METRICS.items()
            for row in shown(clash(dimensions, [*metrics, name]) is not None, "metricMetadata", _metric(one))
        ],
    }
    return {key: rows for key, rows in answer.items() if rows}


def _dimension(one: Dimension) -> dict[str, Any]:
    return _described(one)


def _metric(one: Metric) -> dict[str, Any]:
    return {**_described(one), "type": one.type}


def _described(one: Dimension | Metric) -> dict[str, Any]:
    described: dict[str, Any] = {
        "apiName": one.name,
        "uiName": one.title,
        "description": f"{one.title}.",
        "category": one.category,
    }
    if one.old_name:
        described["deprecatedApiNames"] = [one.old_name]
    return described
