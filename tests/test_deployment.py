"""What is shipped for a server is true: the image, compose.yaml, the unit of systemd, the settings and their table."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml

from ledger.settings import SETTINGS
from tests.image import IS_ROOT, ROOT, STARTS, Image, instructions, running
from tests.nginx import rendered

DEPLOY = ROOT / "deploy"
# Variables of the programs around ours: Python, the shell, PostgreSQL's and nginx's images.
OTHERS = {
    "HOME", "PYTHONUNBUFFERED", "PIP_NO_CACHE_DIR", "POSTGRES_USER", "POSTGRES_PASSWORD", "LISTEN", "REPLICA_1",
    "REPLICA_2", "NGINX_ENVSUBST_FILTER",
}  # fmt: skip
# Set by start.sh itself: not for who deploys to choose.
OWN = {"STREAMLIT_SERVER_FILE_WATCHER_TYPE", "MALLOC_ARENA_MAX"}


@pytest.fixture(scope="module")
def compose() -> dict[str, dict[str, dict[str, object]]]:
    made: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return made


def test_what_the_dockerfile_copies_is_there_and_all_of_it_reaches_docker() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    sources = [rest.split()[0] for name, rest in instructions() if name == "COPY"]
    assert all((ROOT / source).exists() for source in sources)
    assert sorted(line[1:] for line in ignored if line.startswith("!") and "local" not in line) == sorted(sources)
    assert ignored[1] == "*"


def test_the_image_is_slim_has_a_user_a_volume_and_a_health_check() -> None:
    said = dict(instructions())
    assert re.fullmatch(r"python:3\.1[1-3]-slim", said["FROM"])
    assert said["USER"] == "monitor"
    assert said["VOLUME"] == "/data"
    assert "deploy/health.py" in said["HEALTHCHECK"]
    order = [name for name, _ in instructions()]
    assert order.index("USER") < order.index("CMD")


def test_compose_names_what_there_is(compose: dict[str, dict[str, dict[str, object]]]) -> None:
    services = compose["services"]
    assert set(services) == {"database", "replica-1", "replica-2", "nginx"}
    for name, service in services.items():
        depends = service.get("depends_on", {})
        assert isinstance(depends, dict)
        assert set(depends) <= set(services), name
        assert all(service.get("image") or service.get("build") for service in services.values())
        for volume in service.get("volumes", []):  # type: ignore[attr-defined]
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith("./") else source in compose["volumes"], volume
    for name in ("replica-1", "replica-2"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert "ports" not in services[name], "a replica is reached through nginx only"
    values = services["nginx"]["environment"]
    assert isinstance(values, dict)
    port = dict(instructions())["EXPOSE"]
    assert [values["REPLICA_1"], values["REPLICA_2"]] == [f"replica-1:{port}", f"replica-2:{port}"]
    assert services["nginx"]["ports"][0].endswith(f":{values['LISTEN']}")  # type: ignore[index]
    assert "${" not in rendered(**{k: v for k, v in values.items() if k != "NGINX_ENVSUBST_FILTER"})


def variables() -> set[str]:
    """The names of all variables that the files for a server set."""
    said = {pair.split("=")[0] for name, rest in instructions() if name == "ENV" for pair in rest.split()}
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    said |= {name for service in services for name in service.get("environment", {})}
    for file in ("monitor.env", "monitor.service", "start.sh"):
        said |= set(re.findall(r"^(?:export |Environment=)?([A-Z][A-Z_]{3,})=", (DEPLOY / file).read_text(), re.M))
    return said


def test_only_known_settings_are_set_and_all_are_in_the_table_of_the_readme() -> None:
    assert variables() - OTHERS - OWN <= set(SETTINGS)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([A-Z_]+)` \| (.*?) ?\|", readme, re.M)
    assert [name for name, _ in table] == list(SETTINGS)
    for name, secret in table:
        path = SETTINGS[name].secret
        assert secret == (f"`{path[-1]}` of `[{'.'.join(path[:-1])}]`" if path else ""), name


def test_no_module_reads_a_variable_that_is_no_setting() -> None:
    for folder in ("extract", "ledger", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            assert path == ROOT / "ledger" / "settings.py" or "environ" not in re.sub(
                r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8")
            ), path


def test_the_unit_starts_what_there_is_and_is_shut_in(tmp_path: Path) -> None:
    text = (DEPLOY / "monitor.service").read_text(encoding="utf-8")
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    service = unit["Service"]
    program = ROOT / Path(service["ExecStart"]).relative_to("/opt/monitor")
    assert os.access(program, os.X_OK)
    assert service["DynamicUser"] == service["ProtectHome"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert f"sqlite:////var/lib/{service['StateDirectory']}/" in (DEPLOY / "monitor.env").read_text(encoding="utf-8")
    assert f"HOME=/var/lib/{service['StateDirectory']} " in service["Environment"]
    assert all((ROOT / path).exists() for path in re.findall(r"/opt/monitor/(\S+)", text))
    if analyze := shutil.which("systemd-analyze"):
        (tmp_path / "monitor.service").write_text(text.replace("/opt/monitor", str(ROOT)), encoding="utf-8")
        done = subprocess.run(
            [analyze, "verify", "monitor.service"], cwd=tmp_path, check=False, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_the_image_serves_and_writes_to_its_volume_alone(image: Image) -> None:
    before = sorted((image.folder / "app").rglob("*"))
    with running(image) as server:
        for path in ("/", "/borders/regions.geojson"):
            assert urlopen(f"{server.address}{path}", timeout=10).status == 200  # noqa: S310 - our own server
        assert (image.folder / "data" / "ledger.db").exists()
    assert sorted((image.folder / "app").rglob("*")) == before
    if IS_ROOT:
        assert (image.folder / "data" / "ledger.db").stat().st_uid != 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"STREAMLIT_SERVER_PORT": "http"}, "STREAMLIT_SERVER_PORT is 'http': that is no port; set it to a number"),
        ({"LEDGER_URL": "mysql://u:hidden@h/n"}, "LEDGER_URL begins with 'mysql'; set it to postgresql://"),
        ({"LEDGER_URL": "sqlite:////proc/ledger.db"}, "check LEDGER_URL"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_line(image: Image, settings: dict[str, str], said: str) -> None:
    process = image.begin(**settings)
    told, _ = process.communicate(timeout=STARTS)
    assert process.returncode == 1
    assert said in told
    assert "hidden" not in told
    assert "Traceback" not in told
