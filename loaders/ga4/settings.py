"""What is chosen, and why: address, what is asked for, windows, sizes, patience."""

from __future__ import annotations

from datetime import date

from loaders.common.http import Patience

BASE_URL = "https://analyticsdata.googleapis.com"
API_VERSION = "v1beta"
SCOPE = "https://www.googleapis.com/auth/analytics.readonly"

# Days that are read again. Google processes a day for up to 48 hours and takes events that come 72 hours
# late; a week covers both, and weekends on which nobody mends a broken tag.
RESTATED_DAYS = 7
# The vendor refuses questions about days before this one.
FIRST_DAY = date(2015, 8, 15)

# The vendor's limits of a report; one more is an error there.
MOST_DIMENSIONS, MOST_METRICS = 9, 10
# The vendor's limit of a batch.
REPORTS_PER_BATCH = 5
# The vendor's default, and a fair size: five such pages in one answer are 25 MB at most.
ROWS_PER_PAGE = 10_000

# Batches side by side. A property answers ten requests at a time, for everybody who asks it, dashboards
# included, and each report of a batch may count as one.
CONCURRENCY = 1
MOST_CONCURRENCY = 2

# Reports whose rows move between two of their pages, as those of today, are read again this often.
READS_OF_ONE_REPORT = 4

# Google forgives ten server errors an hour and project; every further try may use one of them up.
PATIENCE = Patience(attempts=4, first=2.0, longest=30.0)
# What comes back "in under 15 minutes" is waited for; hours and days are not: the run stops and says so.
LIMIT_PATIENCE_SECONDS = 900.0
# Requests at once: as long as the others' take.
BUSY_SECONDS = 30.0
