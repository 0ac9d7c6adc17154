"""Where the ledger is: the environment first, then Streamlit's secrets, then a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import settings
from ledger.errors import LedgerError
from ledger.settings import ledger_url

SAID = '[connections.ledger]\nurl = "postgresql://u:p@db/ledger"\n'


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LEDGER_URL", raising=False)
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(settings, "SECRETS", (path,))
    return path


def test_without_settings_it_is_a_file_in_the_project(secrets: Path) -> None:  # noqa: ARG001 - makes sure of none
    assert ledger_url().startswith("sqlite:///")
    assert ledger_url().endswith("data/local/ledger.db")


def test_secrets_name_it_and_the_environment_wins(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets.write_text(SAID, encoding="utf-8")
    assert ledger_url() == "postgresql+psycopg://u:p@db/ledger"
    monkeypatch.setenv("LEDGER_URL", "sqlite:////tmp/x.db")
    assert ledger_url() == "sqlite:////tmp/x.db"


@pytest.mark.parametrize("said", ["[connections.other]\nurl = 'x'\n", "theme = 'dark'\n", ""])
def test_secrets_of_others_are_passed_over(secrets: Path, said: str) -> None:
    secrets.write_text(said, encoding="utf-8")
    assert ledger_url().startswith("sqlite:///")


def test_broken_secrets_are_named(secrets: Path) -> None:
    secrets.write_text("[connections\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"secrets\.toml: cannot be read as TOML"):
        ledger_url()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://h/n", "postgresql+psycopg://h/n"),
        ("postgresql://h/n", "postgresql+psycopg://h/n"),
        ("postgresql+psycopg://h/n", "postgresql+psycopg://h/n"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_the_driver_is_named(given: str, meant: str) -> None:
    assert settings.with_driver(given) == meant
