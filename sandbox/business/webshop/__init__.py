"""The business behind a web shop of totals: events of its orders, their arithmetic, lives and truth."""
