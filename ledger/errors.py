"""What can go wrong with the ledger; every message says what to do."""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger cannot do what was asked; nothing of it is half kept."""


class BusyError(LedgerError):
    """Another program holds the database for too long; the same call may go through later."""


class FullError(LedgerError):
    """There is no room left on the disk."""


class UnreachableError(LedgerError):
    """The database does not answer; the same call may go through later."""


class UnknownError(LedgerError):
    """A report or fact that the ledger does not have."""
