"""Who may write into the ledger from a page: asked by the ledger itself at every write.

The pages' ledger is opened with ``check`` as its guard (``data.py``), so it does not matter which page, button or
message a write comes from.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from ledger.errors import LedgerError
from pages.parts import limits, settings

if TYPE_CHECKING:
    from ledger.drafts import Draft, Refused
    from ledger.sources import Intake, Upload

# What a proxy in front of the server adds to what it hands on: then the visitor may be anybody.
HANDED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
# Why a visitor may write, and why not.
OWN, EDITOR = "own", "editor"
OFF, OUT, UNVERIFIED, STRANGER = "off", "out", "unverified", "stranger"


class NotAllowedError(LedgerError):
    """A visitor may not write here; the message is one line."""


class TooManyError(LedgerError):
    """A visitor asks for too much in a minute; ``seconds`` until there is room again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too much at once; try again in {seconds} seconds")
        self.seconds = seconds


@dataclass(frozen=True)
class Visitor:
    """Who looks at the page.

    ``standing`` is ``own`` (works at this machine itself), ``editor``, ``stranger`` (signed in, not on the
    editors' list), ``unverified`` (their sign-in does not vouch for the address), ``out`` (could sign in) or
    ``off`` (nobody can). ``email`` is the address they signed in with, "" without.
    """

    standing: str
    email: str = ""

    @property
    def may_write(self) -> bool:
        return self.standing in (OWN, EDITOR)


def visitor() -> Visitor:
    """Who looks at the page now, by what the server knows of the connection; nothing in the page's state counts."""
    if not settings.signs_in():
        return Visitor(OWN if _at_this_machine() else OFF)
    user = st.user.to_dict()
    email = str(user.get("email") or "").strip()
    if user.get("is_logged_in") is not True or not email:
        return Visitor(OUT)
    if user.get("email_verified") not in (True, "true"):  # some providers send it as text
        return Visitor(UNVERIFIED, email)
    return Visitor(EDITOR if settings.folded(email) in settings.editors() else STRANGER, email)


def _at_this_machine() -> bool:
    """Whether the connection can only come from this machine.

    One for which a proxy vouches may come from anywhere. One to another name of this machine comes from a page
    that had its own name lead here (DNS rebinding).
    """
    headers = st.context.headers
    if not settings.is_own() or any(headers.get(name) for name in HANDED_ON):
        return False
    host = headers.get("Host")
    return host is None or urlsplit(f"//{host}").hostname in settings.OWN


def check(name: str) -> None:
    """Raises NotAllowedError where the visitor may not write under this name: an editor has one, their address."""
    now = visitor()
    if not now.may_write:
        why = "nobody can sign in" if now.standing == OFF else "only editors who have signed in may"
        raise NotAllowedError(f"adding and reviewing are off here: the server is open to others, and {why}")
    if now.standing == EDITOR and name != now.email:
        raise NotAllowedError(f"an editor writes under their own address, {now.email}, and no other name")


def drafts(source: Upload | str, intake: Intake) -> Iterator[Draft | Refused]:
    """``drafts_of`` for a visitor: the server fetches and reads only for those who may also keep.

    Raises NotAllowedError, and TooManyError for more than ``ADDS_PER_MINUTE`` of one visitor; at this machine
    itself there is no such limit.
    """
    from ledger.sources import drafts_of  # noqa: PLC0415 - see data._opened

    now = visitor()
    check(now.email)
    if now.standing != OWN and (seconds := limits.readings().wait(now.email)):
        raise TooManyError(ceil(seconds))
    return drafts_of(source, intake)


def login() -> str:
    """The name under which the visitor works at this machine, as the command line takes it; "" where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
