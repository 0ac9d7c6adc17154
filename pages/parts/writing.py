"""Everything that a page writes into the ledger goes through here, and is allowed here or nowhere."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ledger.errors import LedgerError

if TYPE_CHECKING:
    from ledger.intake import Kept
    from ledger.reports import Report
    from ledger.reviews import Review
    from ledger.store import Ledger

# Addresses at which only this machine itself reaches the server.
OWN = frozenset({"localhost", "127.0.0.1", "::1"})
# What a proxy in front of the server adds to what it hands on: then the visitor may be anybody.
HANDED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


class NotAllowedError(LedgerError):
    """A visitor may not write here; the message is one line."""


def allowed() -> bool:
    """Whether who looks at the page may add and review: only at a server that answers its own machine alone."""
    handed_on = any(st.context.headers.get(name) for name in HANDED_ON)
    return st.get_option("server.address") in OWN and not handed_on


def check() -> None:
    """Raises NotAllowedError where the visitor may neither write nor have the server fetch anything."""
    if not allowed():
        raise NotAllowedError("adding and reviewing are off here: the server is open to others, and nobody signs in")


def keep(ledger: Ledger, report: Report, by: str, said: Sequence[Review] = ()) -> Kept:
    """``Ledger.add`` for a visitor; raises LedgerError."""
    check()
    return ledger.add(report, by, said)


def review(ledger: Ledger, said: Review) -> None:
    """``Ledger.review`` for a visitor; raises LedgerError."""
    check()
    ledger.review(said)


def login() -> str:
    """The name under which the visitor works at this machine, as the command line takes it; "" where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
