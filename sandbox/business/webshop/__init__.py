"""The business behind a web shop of totals: its orders' events, their arithmetic, their lives, their truth."""
