"""All that is set from outside: by the environment, else in Streamlit's secrets; read and checked in one place.

    python -m ledger.settings

says in one line each what is wrong, also when the ledger cannot be opened, and then ends with 1.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ledger.errors import LedgerError

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / "data" / "local" / "ledger.db"
# Where Streamlit looks for its secrets; the project's own file wins.
SECRETS = (ROOT / ".streamlit" / "secrets.toml", Path("~/.streamlit/secrets.toml").expanduser())
# psycopg 3 is the driver that requirements.txt brings; a plain PostgreSQL address means it.
DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
# Letters of a secret that signs cookies: half of what `openssl rand -hex 32` gives.
SHORTEST = 32
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


@dataclass(frozen=True)
class Setting:
    """One thing that can be set: in the environment, else under ``secret`` in the secrets (() where it cannot).

    ``wrong`` gives what is wrong with a value and what to do about it, "" for a good one; only a value that is
    ``shown`` may be quoted, for others hold passwords.
    """

    wrong: Callable[[str], str]
    secret: tuple[str, ...] = ()
    shown: bool = True


def _ledger(url: str) -> str:
    scheme = url.partition(":")[0]
    if with_driver(url).startswith(("postgresql+psycopg://", "sqlite:///")):
        return ""
    return f"begins with {scheme!r}; set it to postgresql://user:password@host/name or sqlite:////path/ledger.db"


def _address(host: str) -> str:
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return "is no address of this machine; set it to 127.0.0.1 (this machine only) or 0.0.0.0 (all networks)"
    return ""


def _port(port: str) -> str:
    return "" if port.isdecimal() and 0 < int(port) < 2**16 else "is no port; set it to a number from 1 to 65535"


def _cookie_secret(secret: str) -> str:
    return (
        "" if len(secret) >= SHORTEST else "is too short to sign cookies; set it to what `openssl rand -hex 32` gives"
    )


def _proxies(addresses: str) -> str:
    try:
        for address in addresses.split(","):
            ipaddress.ip_network(address.strip() if addresses != "*" else "0.0.0.0/0")
    except ValueError:
        return "names no proxy; set it to addresses or networks with commas between them, or to *"
    return ""


def _editors(addresses: str) -> str:
    bad = [one for one in re.split(r"[\s,]+", addresses) if one and not EMAIL.fullmatch(one)]
    return f"has {bad[0]!r}, which is no e-mail address; list addresses with commas between" if bad else ""


def _ancestors(origins: str) -> str:
    given = [one for one in re.split(r"[\s,]+", origins) if one]
    bad = [one for one in given if not ORIGIN.fullmatch(one)] if given not in (["*"], ["none"]) else []
    said = "which is no origin; give origins such as https://example.org, * for all, or none"
    return f"has {bad[0]!r}, {said}" if bad else ""


def _hosts(names: str) -> str:
    bad = [one for one in re.split(r"[\s,]+", names) if "*" in one.removeprefix("*.") and one != "*"]
    return f"has {bad[0]!r}, which is no name; a * may only stand for a part, as *.name.org" if bad else ""


def _pace(number: str) -> str:
    return "" if number.isascii() and number.isdigit() and int(number) else "is no number of one or more"


SETTINGS = {
    "LEDGER_URL": Setting(_ledger, secret=("connections", "ledger", "url"), shown=False),
    "STREAMLIT_SERVER_ADDRESS": Setting(_address),
    "STREAMLIT_SERVER_PORT": Setting(_port),
    "STREAMLIT_SERVER_ALLOWED_HOSTS": Setting(_hosts),
    "STREAMLIT_SERVER_COOKIE_SECRET": Setting(_cookie_secret, shown=False),
    "FORWARDED_ALLOW_IPS": Setting(_proxies),
    "EDITORS": Setting(_editors),
    "ADDS_PER_MINUTE": Setting(_pace),
    "FRAME_ANCESTORS": Setting(_ancestors),
}


def value(name: str) -> str:
    """What a setting of ``SETTINGS`` is set to, "" where it is not. Raises LedgerError for secrets that are no TOML."""
    return os.environ.get(name, "").strip() or _secret(SETTINGS[name].secret)


def ledger_url() -> str:
    """The database's address as SQLAlchemy takes it.

    ``LEDGER_URL`` if it is set, else ``url`` of ``[connections.ledger]`` in Streamlit's secrets, else SQLite at
    ``data/local/ledger.db``. Raises LedgerError for secrets that are no TOML.
    """
    return with_driver(value("LEDGER_URL") or f"sqlite:///{LOCAL}")


def with_driver(url: str) -> str:
    """``url`` with the driver named that this project uses."""
    scheme, colon, rest = url.partition(":")
    return f"{DRIVERS.get(scheme, scheme)}{colon}{rest}"


def problems() -> list[str]:
    """What is wrong with the settings: one line each, with its name, its value and the remedy."""
    found = []
    for name, setting in SETTINGS.items():
        try:
            given = value(name)
        except LedgerError as problem:
            return [str(problem)]
        if given and (wrong := setting.wrong(given)):
            found.append(f"{name}{f' is {given!r}: that' if setting.shown else ''} {wrong}")
    return found


def _secret(path: tuple[str, ...]) -> str:
    """What stands at ``path`` in the first of the secrets that has it; "" in none."""
    for file in SECRETS if path else ():
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, tomllib.TOMLDecodeError) as problem:
            raise LedgerError(f"{file}: cannot be read as TOML ({problem}); mend or remove it") from None
        for key in path:
            found = found.get(key, {}) if isinstance(found, dict) else {}
        if found:
            return str(found)
    return ""


def main() -> int:
    """Prints what is wrong; 0 when nothing is."""
    from ledger.database import connect  # noqa: PLC0415 - whoever only asks for a setting needs no database

    if found := problems():
        print("\n".join(found), file=sys.stderr)
        return 1
    try:
        connect(ledger_url()).dispose()
    except LedgerError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
