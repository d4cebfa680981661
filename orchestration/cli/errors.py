"""Refusals of the command line; the message says what to do."""


class Refused(RuntimeError):
    """What was asked would do harm, or lacks something only the user can give."""
