"""Which versions of the API are served, by the sandbox's clock."""

import re
from datetime import date

from sandbox.meta_ads import errors

SHAPE = re.compile(r"v\d+\.\d+")
NEWEST = "v26.0"
# Version -> the day on which it expires; None: not announced.
VERSIONS: dict[str, date | None] = {
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
    NEWEST: None,
}


def served(path: str, today: date) -> str:
    """What follows the version in a path, or `GraphError` where that version is not served.

    A path without a version is one of the oldest there is: no ads in it.
    """
    version, _, rest = path.partition("/")
    if not SHAPE.fullmatch(version):
        raise errors.old_version()
    if version not in VERSIONS:
        newer = float(version[1:]) > float(NEWEST[1:])
        raise errors.unknown_path(path) if newer else errors.old_version()
    expires = VERSIONS[version]
    if expires is not None and today >= expires:
        raise errors.old_version()
    return rest.strip("/")
