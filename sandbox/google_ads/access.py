"""Who may read which customer, and how often."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sandbox.google_ads import errors
from sandbox.google_ads.customer import Customer, Manager
from sandbox.google_ads.errors import AdsFailure, request_error

DIGITS = 10
WINDOW = timedelta(days=1)
SHORT, RATE = 5, "Number of operations for basic access"


class Door:
    """Lets callers in to customers: those of the business, and the managers above them."""

    def __init__(self, customers: Mapping[str, Customer], managers: Mapping[str, Manager]) -> None:
        self.customers = customers
        self.managers = managers

    def enter(self, caller: Customer, number: str, *, login: str | None, version: str) -> Customer | Manager:
        """The customer with this id, for whoever reads `caller`; raises `AdsFailure`.

        `login` is the header `login-customer-id`.
        """
        if login is not None and not login.isdigit():
            raise AdsFailure(
                errors.INVALID,
                "headerError",
                "INVALID_LOGIN_CUSTOMER_ID",
                message=f"The login customer ID '{login}' is not valid: it is a number without dashes.",
            )
        if not (number.isdigit() and len(number) == DIGITS):
            raise request_error("INVALID_CUSTOMER_ID", f"Invalid customer ID '{number}'.")
        if not caller.settings.is_ads_user:
            raise errors.nobody("NOT_ADS_USER", "User in the cookie is not a valid Ads user.")
        wanted = self.managers.get(number) or self.customers.get(number)
        if wanted is None:
            message = "No customer found for the provided customer ID."
            raise errors.nobody("CUSTOMER_NOT_FOUND", message)
        if not self._may(caller, wanted, login or number):
            raise errors.no_permission()
        if not caller.settings.approved:
            raise errors.only_tests(version)
        if isinstance(wanted, Customer) and not wanted.settings.enabled:
            raise errors.not_enabled()
        return wanted

    def accessible(self, caller: Customer) -> list[str]:
        """The customers that the caller sees without going through another."""
        if not caller.settings.is_ads_user:
            raise errors.nobody("NOT_ADS_USER", "User in the cookie is not a valid Ads user.")
        manager = [caller.account.manager] if caller.settings.can_read and caller.account.manager else []
        return [*manager, *([caller.id] if caller.settings.direct_access else [])]

    def _may(self, caller: Customer, wanted: Customer | Manager, login: str) -> bool:
        if caller.settings.direct_access and login == wanted.id == caller.id:
            return True
        manager = self.managers.get(login)
        if manager is None or not caller.settings.can_read or caller.account.manager != manager.id:
            return False
        return wanted.id == manager.id or wanted.id in manager.clients


def count_operation(caller: Customer, take: Callable[[str], Any]) -> None:
    """Take one operation from what the caller has left, or raise `AdsFailure`."""
    now = caller.sandbox.now()
    if take("throttled"):
        code = "RESOURCE_TEMPORARILY_EXHAUSTED"
        raise errors.exhausted(SHORT, scope="ACCOUNT", rate="Requests per account", code=code)
    if take("quota_exhausted"):
        caller.block()
    if caller.blocked_until is not None and now < caller.blocked_until:
        wait = int((caller.blocked_until - now).total_seconds())
        raise errors.exhausted(wait, scope="DEVELOPER", rate=RATE)
    caller.operations = [at for at in caller.operations if now - at < WINDOW]
    most = caller.settings.operations_per_day
    if most and len(caller.operations) >= most:
        wait = int((caller.operations[0] + WINDOW - now).total_seconds())
        raise errors.exhausted(max(1, wait), scope="DEVELOPER", rate=RATE)
    caller.operations.append(now)
