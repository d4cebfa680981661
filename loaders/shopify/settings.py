"""What is chosen, and why: version, scopes, page sizes, windows."""

from __future__ import annotations

from datetime import timedelta

from loaders.common.http import Patience

# Pinned: a version lives at least twelve months, and a change of shape has to be read before it is taken.
API_VERSION = "2026-10"
# The vendor's limit of a page.
MOST_PER_PAGE = 250

# Orders older than this are hidden, silently, without read_all_orders; one day short of the vendor's 60, so
# that an order at the edge is never taken for a deleted one.
HIDDEN_AFTER = timedelta(days=59)
ALL_ORDERS_SCOPE = "read_all_orders"

# The search index lags behind writes, and two documents can share the second at which a window ends.
OVERLAP = timedelta(minutes=10)
# The filter on customers is documented to compare whole days (of the shop's zone).
CUSTOMER_OVERLAP = timedelta(days=2)

# A window with more documents than this is read in bulk: bulk costs no points, but a minute of waiting at
# the vendor. Ordinary pages read about 50 orders a second until the bucket is empty.
BULK_ABOVE = 1_000

# Nested sizes of an ordinary page. Few orders have more; those that do are completed one by one. Small
# sizes keep the requested cost below the ceiling of 1,000 points.
ORDERS_PER_PAGE = 25
LINES_PER_ORDER = 25
SHIPPING_LINES_PER_ORDER = 5
DISCOUNTS_PER_ORDER = 5
# Plain lists carry no sign that they were cut: one that is as long as asked for is read again.
LIST_LENGTH = 50
LIST_LENGTH_AGAIN = 250
AGREEMENTS_PER_ORDER = 8
SALES_PER_AGREEMENT = 20
REFUNDS_PER_REQUEST = 25
LINES_PER_REFUND = 20
PRODUCTS_PER_PAGE = 25
VARIANTS_PER_PRODUCT = 50
ITEMS_PER_PAGE = 50
LEVELS_PER_ITEM = 20
CHECKOUTS_PER_PAGE = 50
DISCOUNTS_PER_PAGE = 50
CODES_PER_DISCOUNT = 50
PLAIN_PER_PAGE = 200

# How long after an order was placed its visits may take to be put together.
JOURNEY_PATIENCE = timedelta(days=2)

# An order that changes while it is being read is read again this often before it is left to the next run.
READS_OF_ONE_ORDER = 4
# More such orders than this in one run is no coincidence any more.
ORDERS_LEFT = 25

# Deletions of orders and customers leave no event. A run compares the vendor's exact count with ours, which
# costs one request; ids are swept when it is lower, and once a week whatever the counts say, because a
# deletion and a document missed here would cancel out.
SWEEP_EVERY = timedelta(days=7)

# Days of the sales report that are read again. Corrections are booked on their own day, so that a closed day
# moves only while the vendor's report lags.
REPORT_LOOK_BACK_DAYS = 7
# Days asked for at once; the answer to one query is not paged.
REPORT_DAYS_PER_QUERY = 90
# Orders of a day asked for at once, where the report is asked by order.
REPORT_ORDERS_PER_QUERY = 1_000
REPORT_SCOPE = "read_reports"
REPORT_MEASURES = (
    "orders",
    "gross_sales",
    "discounts",
    "sales_reversals",
    "net_sales",
    "shipping_charges",
    "taxes",
    "duties",
    "additional_fees",
    "total_sales",
)

# Passing trouble: 5xx answers, dropped connections, time-outs, answers that are no JSON.
PATIENCE = Patience()
# How long THROTTLED answers are waited out, in all, for one query.
THROTTLE_PATIENCE_SECONDS = 600.0
# Bulk operations: the vendor's own limit is ten days; polls start quick for small shops.
BULK_POLL = Patience(first=0.2, longest=20.0)
BULK_PATIENCE = timedelta(hours=12)
# Five operations may run at once; others of the same app can use them up.
BULK_SLOT_PATIENCE = timedelta(hours=2)
BULK_ATTEMPTS = 3
# Lines of a bulk result that are joined in memory at a time; parsed, they take about ten times as much.
JOIN_BYTES = 4 * 2**20
MOST_PARTS = 2_000
