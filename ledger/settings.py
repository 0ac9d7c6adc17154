"""Where the ledger is: one address, from the environment or from Streamlit's secrets."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from ledger.errors import LedgerError

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / "data" / "local" / "ledger.db"
# Where Streamlit looks for its secrets; the project's own file wins.
SECRETS = (ROOT / ".streamlit" / "secrets.toml", Path("~/.streamlit/secrets.toml").expanduser())
# psycopg 3 is the driver that requirements.txt brings; a plain PostgreSQL address means it.
DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


def ledger_url() -> str:
    """The database's address as SQLAlchemy takes it.

    ``LEDGER_URL`` if it is set, else ``url`` of ``[connections.ledger]`` in Streamlit's secrets, else SQLite at
    ``data/local/ledger.db``. Raises LedgerError for secrets that are no TOML.
    """
    return with_driver(os.environ.get("LEDGER_URL") or _secret() or f"sqlite:///{LOCAL}")


def with_driver(url: str) -> str:
    """``url`` with the driver named that this project uses."""
    scheme, colon, rest = url.partition(":")
    return f"{DRIVERS.get(scheme, scheme)}{colon}{rest}"


def _secret() -> str | None:
    for path in SECRETS:
        try:
            secrets = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, tomllib.TOMLDecodeError) as problem:
            raise LedgerError(f"{path}: cannot be read as TOML ({problem}); mend or remove it") from None
        url = secrets.get("connections", {}).get("ledger", {}).get("url")
        if url:
            return str(url)
    return None
