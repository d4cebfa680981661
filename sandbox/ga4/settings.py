"""How a practice property is set up, and what its size makes of its reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The switchable settings of a property; nothing is withheld, estimated or folded at the start."""

    by_user: bool = False  # `/control/secrets` gives out a user's refresh token, not a service account's file
    can_read: bool = True  # the callers are among the property's users
    api_enabled: bool = True  # in the Cloud project of the callers
    premium: bool = False  # Analytics 360: ten times the tokens
    sample_percent: int = 0  # the part of all sessions that reports are computed from; 0: all
    threshold: int = 0  # rows of fewer users are withheld
    row_limit: int = 0  # rows beyond so many are one row "(other)"; 0: no limit

    @property
    def sample(self) -> float:
        """The share of all sessions that reports are computed from."""
        return self.sample_percent / 100 if 0 < self.sample_percent < 100 else 1.0
