"""What is chosen, and why: addresses, page sizes, windows, patience."""

from __future__ import annotations

from datetime import timedelta

from loaders.common.http import RETRIED, Patience

API = "wc/v3"
ANALYTICS = "wc-analytics"
# The vendor's limit of a page; one more is an error there.
PER_PAGE = 100

# Requests side by side. A shop runs on its owner's machine, which has to serve its customers as well.
CONCURRENCY = 4
MOST_CONCURRENCY = 16

# A change is stamped before it is committed, several web servers share a shop and their clocks differ, and
# two orders can share the second at which a window ends.
OVERLAP = timedelta(minutes=10)

# A list that keeps losing rows while it is read is stepped back in this often.
STEPS_BACK = 200
# An order that changes while it is being read is read again this often before it is left to the next run.
READS_OF_ONE_ORDER = 4
# More such orders than this in one run is no coincidence any more.
ORDERS_LEFT = 25

# Not every change leaves a mark: an emptied trash, a plugin that writes to the database, a variation's
# price, the uses of a coupon. A run compares the shop's counts with ours, which costs one request a list;
# ids are swept when they differ, and everything is looked at once a week whatever the counts say.
SWEEP_EVERY = timedelta(days=7)

# Refunds of a shop are listed by their creation; the same reasons as above for looking back a little.
REFUND_OVERLAP = timedelta(hours=1)
# Shops before WooCommerce 9.0 have no such list, and those before 7.6 do not mark an order that is refunded
# in part: refunds of orders that were placed in the last days are read again on every run, older ones by the
# weekly sweep. Most shops take goods back for 14 to 30 days.
REFUND_LOOK_BACK = timedelta(days=30)

# Days of the revenue report that are read again. A status that changes (a payment that fails late, an order
# put into the trash) moves the figures of the day on which the order was placed. A quarter fits in one page.
REPORT_LOOK_BACK_DAYS = 89
REPORT_DAYS_PER_REQUEST = 90

# Answered anew, in random order, at every request: kept, each reading would be a new version.
VOLATILE_OF_PRODUCT = ("related_ids",)

# Passing trouble. Web hosts and what is in front of them have status codes of their own (508: too many
# processes; 52x: Cloudflare). WordPress asks for ten minutes of patience in maintenance mode, which an
# update of a plugin takes seconds of: two minutes at a time, ten in all.
TRANSIENT = RETRIED | {508, 520, 521, 522, 523, 524, 525, 526}
PATIENCE = Patience(longest_told=120.0)
