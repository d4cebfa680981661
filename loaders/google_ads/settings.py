"""What is chosen, and why: version, address, windows, sizes, patience."""

from __future__ import annotations

from loaders.common.http import Patience

BASE_URL = "https://googleads.googleapis.com"
# Pinned: four versions a year, each served for about twelve months; this one until November 2027.
API_VERSION = "v26"
SCOPE = "https://www.googleapis.com/auth/adwords"

# Days that are read again. Conversions are booked on the day of the click and arrive for as long as the
# account's conversion window, which is 90 days at most; costs are corrected for invalid clicks before that.
RESTATED_DAYS = 90
# The vendor shows figures by day for 37 months; a few days less, so that no month's length matters.
REACH_DAYS = 1_123

# `search` and not `searchStream`: a page of 10,000 rows is all that a dropped connection costs, while a
# stream that fails midway is an error at the end of a 200. Both count as one operation, pages included.
# Days asked for at once: a thousand ads with delivery every day fill a page.
DAYS_PER_QUERY = 10
# A page's token is good for two hours: where waiting took longer, the query is asked anew this often.
READS_OF_ONE_QUERY = 3

# Questions side by side. The vendor's limit per second is not published and shared with the account's other
# tools.
CONCURRENCY = 3
MOST_CONCURRENCY = 8

# Clients of a manager that are named where a manager's number was given.
CLIENTS_NAMED = 20

PATIENCE = Patience(attempts=5, first=1.0, longest=30.0)
# How long limits are waited out, in all, for one question; a used-up day of operations takes longer.
LIMIT_PATIENCE_SECONDS = 900.0
