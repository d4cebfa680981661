"""The paths of a site, what each of them takes, and what it answers."""
