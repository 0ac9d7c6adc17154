"""What an operator may set about who does what; ``ledger.settings`` checks the values when the server starts.

Streamlit has settings of its own that belong to these: ``[auth]`` in ``.streamlit/secrets.toml`` (sign-in),
``STREAMLIT_SERVER_ADDRESS``, ``STREAMLIT_SERVER_ALLOWED_HOSTS``; uvicorn has ``FORWARDED_ALLOW_IPS`` (the proxies
whose word on the visitor's address and on https is believed; by default those on this machine).
"""

from __future__ import annotations

import re

import streamlit as st

from ledger.settings import SHORTEST, value

# Addresses at which only this machine itself reaches the server.
OWN = frozenset({"localhost", "127.0.0.1", "::1"})


def editors() -> frozenset[str]:
    """``EDITORS``: e-mail addresses, with commas or blanks between, of those who may add and review; default none."""
    return frozenset(folded(one) for one in _listed("EDITORS"))


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
    return " ".join(["'self'", *given])


def adds_per_minute() -> int:
    """``ADDS_PER_MINUTE``: how often one visitor may have something read, fetched or uploaded; default 30."""
    return int(value("ADDS_PER_MINUTE") or 30)


def allowed_hosts() -> list[str]:
    """``STREAMLIT_SERVER_ALLOWED_HOSTS``: the names under which the server answers; default all.

    Where some are named, those of this machine itself are among them: health checks come by these.
    """
    given: list[str] = st.get_option("server.allowedHosts") or []
    return [*given, *sorted(OWN)] if given else ["*"]


def is_own() -> bool:
    """Whether the server listens to its own machine alone."""
    return st.get_option("server.address") in OWN


def signs_in() -> bool:
    """Whether visitors can sign in: there is an ``[auth]`` in Streamlit's secrets."""
    return bool(st.secrets.load_if_toml_exists() and st.secrets.get("auth"))


def problems() -> list[str]:
    """What is wrong with sign-in, a line each."""
    if signs_in() and len(str(st.secrets["auth"].get("cookie_secret", ""))) < SHORTEST:
        return [
            f"cookie_secret of [auth] in the secrets has less than {SHORTEST} characters: whoever guesses it is an "
            "editor; set it to what `openssl rand -hex 32` gives"
        ]
    return []


def _listed(name: str) -> list[str]:
    return [one for one in re.split(r"[\s,]+", value(name)) if one]
