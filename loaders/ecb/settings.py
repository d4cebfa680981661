"""What is chosen, and why: where the files are and which one is read."""

from __future__ import annotations

from loaders.common.http import Patience

BASE_URL = "https://www.ecb.europa.eu"
# Every fixing since 1999 in 0.6 MB; and the last ninety days, which a daily run asks for.
HISTORY = "stats/eurofxref/eurofxref-hist.zip"
RECENT = "stats/eurofxref/eurofxref-hist-90d.xml"

# An answer that is no file of rates, as a page of the web server or half a file, is asked for again.
READS_OF_ONE_FILE = 3
# The history unpacked is 2 MB; far more is something else.
MOST_BYTES = 50 * 2**20

PATIENCE = Patience()
