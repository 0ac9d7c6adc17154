"""What an operator may set in the environment about who does what; each is checked when the server starts.

Streamlit has settings of its own that belong to these: ``[auth]`` in ``.streamlit/secrets.toml`` (sign-in),
``STREAMLIT_SERVER_ADDRESS``, ``STREAMLIT_SERVER_ALLOWED_HOSTS``; uvicorn has ``FORWARDED_ALLOW_IPS`` (the proxies
whose word on the visitor's address and on https is believed; by default those on this machine).
"""

from __future__ import annotations

import os
import re

import streamlit as st

from ledger.errors import LedgerError

# Addresses at which only this machine itself reaches the server.
OWN = frozenset({"localhost", "127.0.0.1", "::1"})
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
SECRET = 32  # characters, 128 bits as hexadecimal digits
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


class SettingError(LedgerError):
    """A setting that cannot be; the message names it and says what it may be."""


def editors() -> frozenset[str]:
    """``EDITORS``: e-mail addresses, with commas or blanks between, of those who may add and review; default none."""
    given = _listed("EDITORS")
    if bad := [one for one in given if not EMAIL.fullmatch(one)]:
        raise SettingError(f"EDITORS: {bad[0]!r} is no e-mail address; list addresses with commas between")
    return frozenset(folded(one) for one in given)


def folded(email: str) -> str:
    """An address as it is compared: no blanks around it, no capitals.

    One with letters beyond ASCII stays as it is: some of those become ASCII ones when capitals go.
    """
    email = email.strip()
    return email.lower() if email.isascii() else email


def frame_ancestors() -> str:
    """``FRAME_ANCESTORS``: the sites that may show the pages in a frame, as Content-Security-Policy writes it.

    Origins with blanks or commas between, ``*`` for all or ``none``. By default all may: the cookie of an editor
    does not go into the frame of a foreign site (SameSite=Lax), so nobody can be led to write there. Only at a
    server for its own machine, where adding needs no cookie, the default is the server itself.
    """
    given = _listed("FRAME_ANCESTORS")
    if not given:
        return "'self'" if is_own() else "*"
    if given in (["*"], ["none"]):
        return "*" if given == ["*"] else "'none'"
    if bad := [one for one in given if not ORIGIN.fullmatch(one)]:
        raise SettingError(
            f"FRAME_ANCESTORS: {bad[0]!r} is no origin; give origins such as https://example.org, * for all, or none"
        )
    return " ".join(["'self'", *given])


def adds_per_minute() -> int:
    """``ADDS_PER_MINUTE``: how often one visitor may have something read, fetched or uploaded; default 30."""
    given = os.environ.get("ADDS_PER_MINUTE", "30").strip()
    if not (given.isascii() and given.isdigit() and int(given)):
        raise SettingError(f"ADDS_PER_MINUTE: {given!r} is no number of one or more")
    return int(given)


def allowed_hosts() -> list[str]:
    """``STREAMLIT_SERVER_ALLOWED_HOSTS``: the names under which the server answers; default all.

    Where some are named, those of this machine itself are among them: health checks come by these.
    """
    given: list[str] = st.get_option("server.allowedHosts") or []
    if bad := [one for one in given if "*" in one.removeprefix("*.") and one != "*"]:
        raise SettingError(f"server.allowedHosts: {bad[0]!r} is no name; a * may only stand for a part, as *.name.org")
    return [*given, *sorted(OWN)] if given else ["*"]


def is_own() -> bool:
    """Whether the server listens to its own machine alone."""
    return st.get_option("server.address") in OWN


def signs_in() -> bool:
    """Whether visitors can sign in: there is an ``[auth]`` in Streamlit's secrets."""
    return bool(st.secrets.load_if_toml_exists() and st.secrets.get("auth"))


def check() -> None:
    """Raises SettingError for the first setting that cannot be."""
    for read in (editors, frame_ancestors, adds_per_minute, allowed_hosts):
        read()
    if signs_in() and len(str(st.secrets["auth"].get("cookie_secret", ""))) < SECRET:
        raise SettingError(
            f"cookie_secret of [auth] in the secrets has less than {SECRET} characters: whoever guesses it is an "
            'editor; make one with: python -c "import secrets; print(secrets.token_hex())"'
        )


def _listed(name: str) -> list[str]:
    return [one for one in re.split(r"[\s,]+", os.environ.get(name, "")) if one]
