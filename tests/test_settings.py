"""Settings: the environment first, then Streamlit's secrets, then a default; what is wrong is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import settings
from ledger.errors import LedgerError
from ledger.settings import ledger_url
from pages.parts import server

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


GOOD = [
    ("LEDGER_URL", "postgresql://u:p@h/n"),
    ("LEDGER_URL", "postgres:///n"),
    ("LEDGER_URL", "sqlite:////tmp/x.db"),
    ("STREAMLIT_SERVER_ADDRESS", "0.0.0.0"),  # noqa: S104 - a value to check
    ("STREAMLIT_SERVER_ADDRESS", "::1"),
    ("STREAMLIT_SERVER_ADDRESS", "localhost"),
    ("STREAMLIT_SERVER_PORT", "8501"),
    ("STREAMLIT_SERVER_PORT", " 80 "),
    ("STREAMLIT_SERVER_COOKIE_SECRET", "0123456789abcdef" * 4),
    ("FORWARDED_ALLOW_IPS", "*"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.1, 10.1.0.0/16,::1"),
]
BAD = [
    ("LEDGER_URL", "mysql://u:hidden@h/n", "begins with 'mysql'; set it to postgresql://user:password@host/name"),
    ("LEDGER_URL", "/home/hidden.db", "begins with"),
    ("LEDGER_URL", "sqlite://hidden", "set it to postgresql://"),
    ("STREAMLIT_SERVER_ADDRESS", "no such host", "is 'no such host': that is no address of this machine; set it to"),
    ("STREAMLIT_SERVER_PORT", "http", "is 'http': that is no port; set it to a number from 1 to 65535"),
    ("STREAMLIT_SERVER_PORT", "0", "no port"),
    ("STREAMLIT_SERVER_PORT", "65536", "no port"),
    ("STREAMLIT_SERVER_PORT", "-1", "no port"),
    ("STREAMLIT_SERVER_COOKIE_SECRET", "hidden", "too short to sign cookies; set it to what `openssl rand -hex 32`"),
    ("FORWARDED_ALLOW_IPS", "nginx", "is 'nginx': that names no proxy; set it to addresses"),
    ("FORWARDED_ALLOW_IPS", "10.0.0.1;10.0.0.2", "no proxy"),
]


@pytest.fixture
def unset(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No setting is set."""
    for name in settings.SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return secrets


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize(("name", "given"), GOOD)
def test_good_values_are_let_through(name: str, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, given)
    assert settings.problems() == []


@pytest.mark.usefixtures("unset")
@pytest.mark.parametrize(("name", "given", "told"), BAD)
def test_bad_values_are_told_in_one_line(name: str, given: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, given)
    (line,) = settings.problems()
    assert line.startswith(f"{name} ")
    assert told in line
    assert "\n" not in line
    assert settings.SETTINGS[name].shown or "hidden@" not in line


def test_all_that_is_wrong_is_told_at_once_and_the_server_does_not_start(
    unset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset.write_text('[connections.ledger]\nurl = "oracle://h"\n', encoding="utf-8")
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", "x")
    assert [line.split()[0] for line in settings.problems()] == ["LEDGER_URL", "STREAMLIT_SERVER_PORT"]
    with pytest.raises(SystemExit, match="LEDGER_URL begins with 'oracle'"):
        server.check_settings()
    assert settings.main() == 1
    unset.write_text("[connections\n", encoding="utf-8")
    assert "cannot be read as TOML" in settings.problems()[0]
