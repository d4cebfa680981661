"""What can go wrong on the ground floor, each with what to do about it."""


class WarehouseError(RuntimeError):
    """The warehouse cannot be used; the message says why and what to do."""


class PortInUse(WarehouseError):
    """Another program listens where the embedded server should."""


class ServerDidNotStart(WarehouseError):
    """PostgreSQL refused to start; the message carries the end of its log."""


class UnsupportedServer(WarehouseError):
    """The server behind DATABASE_URL is too old or gives too few rights."""
