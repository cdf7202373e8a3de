"""What deploy/ says of the code is so: settings, commands, ports, paths and names. Nothing of it is started here."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import streamlit.config
import yaml

from tracking.commands import group
from tracking.filing.spreadsheets import grids
from tracking.operations.watch import READY

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx" / "tracking.conf").read_text(encoding="utf-8")
UNITS = {path.name: path.read_text(encoding="utf-8") for path in (DEPLOY / "systemd").iterdir()}
OURS = [name for name, service in SERVICES.items() if "build" in service]
DASHBOARDS = [name for name in SERVICES if name.startswith("dashboard")]


def commands() -> list[str]:
    """Every command line of ours that a container or a unit starts."""
    of_units = [line.partition("=")[2] for text in UNITS.values() for line in text.splitlines() if "ExecStart=" in line]
    of_services = [shlex.join(each["command"]) for each in SERVICES.values() if "command" in each]
    return [*of_units, *of_services, shlex.join(yaml.safe_load(DOCKERFILE.rpartition("CMD ")[2]))]


@pytest.mark.parametrize("command", commands())
def test_a_command_is_one_that_there_is(command: str) -> None:
    [words] = re.findall(r"python -m (.+?)(?:'|;|$)", command)
    module, *arguments = shlex.split(words.replace("%i", "8501").replace("%%", "%").replace("$$(", "$("))
    if module == "tracking":
        name, *rest = arguments
        found = group.get_command(group.make_context("tracking", [name]), name)
        assert found is not None
        found.make_context(name, rest).close()
        return
    assert (module, arguments[:2]) == ("streamlit", ["run", "app.py"])
    options = dict(zip(arguments[2::2], arguments[3::2], strict=True))
    for option in options:
        streamlit.config.get_option(option.removeprefix("--"))
    assert options["--server.port"] == "8501"


def test_every_setting_is_one_that_is_read() -> None:
    code = "".join(path.read_text("utf-8") for room in ("tracking", "pages") for path in (TOP / room).rglob("*.py"))
    read = set(re.findall(r'"(TRACKING_\w+)"', code))
    files = [path for path in DEPLOY.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    named = {name for path in files for name in re.findall(r"TRACKING_[A-Z_]+", path.read_text("utf-8"))}
    assert "TRACKING_DATABASE" in named
    assert named <= read
    explained = set(re.findall(r"`(TRACKING_[A-Z_]+)", (TOP / "docs" / "operations.md").read_text("utf-8")))
    # Beside what one process sets for another.
    assert explained == read - {"TRACKING_STARTED_BY", "TRACKING_READ_ONLY"}


def test_whatever_file_may_be_brought_in_comes_through() -> None:
    [of_nginx] = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    [of_caddy] = re.findall(r"max_size (\d+)MiB", (DEPLOY / "Caddyfile").read_text("utf-8"))
    of_streamlit = tomllib.loads((TOP / ".streamlit" / "config.toml").read_text("utf-8"))["server"]["maxUploadSize"]
    # These count 1,024 × 1,024, which leaves room for what the browser puts around a file.
    assert {int(of_nginx), int(of_caddy), of_streamlit} == {grids.SIZE_LIMIT // 1_000_000}


def test_the_database_of_the_address_is_the_one_that_is_made() -> None:
    address, made = sa.make_url(SERVICES["init"]["environment"]["TRACKING_DATABASE"]), SERVICES["database"]
    assert address.drivername == "postgresql+psycopg"
    assert address.host == "database"
    assert (address.username, address.database) == tuple(
        made["environment"][f"POSTGRES_{each}"] for each in ("USER", "DB")
    )
    assert made["environment"]["POSTGRES_PASSWORD"] in str(SERVICES["init"]["environment"]["TRACKING_DATABASE"])
    assert int(re.findall(r"postgres:(\d+)", made["image"])[0]) >= 15
    assert f"-U {address.username}" in made["healthcheck"]["test"][1]


def test_who_waits_for_whom_is_there_and_can_be_waited_for() -> None:
    for service in SERVICES.values():
        after = service.get("depends_on", {})
        for name in after:
            condition = after[name]["condition"] if isinstance(after, dict) else None
            assert name in SERVICES
            assert condition != "service_healthy" or "healthcheck" in SERVICES[name]
            # What is waited for until it has ended is started anew by nobody.
            assert condition != "service_completed_successfully" or "restart" not in SERVICES[name]


def test_proxies_ask_the_dashboards_where_they_are() -> None:
    upstream, here = (
        re.findall(r"server (\S+):(\d+)", (DEPLOY / "nginx" / name).read_text("utf-8"))
        for name in ("upstream.compose.conf", "upstream.conf")
    )
    assert upstream == [(name, "8501") for name in DASHBOARDS]
    caddy = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert [f"{host}:{port}" for host, port in here] == re.findall(r"127\.0\.0\.1:\d+", caddy)
    assert all(f"tracking@{port}" in UNITS["tracking@.service"] for _, port in here)
    assert f"health_uri {READY}" in caddy
    assert f"location = {READY} {{ return 404; }}" in NGINX
    for name in DASHBOARDS:
        ask = SERVICES[name]["healthcheck"]["test"]
        assert ask[:3] == ["CMD", "python", "-c"]
        compile(ask[3], name, "exec")
        assert f"http://127.0.0.1:8501{READY}" in ask[3]
    assert sorted(SERVICES["proxy"]["ports"]) == sorted(f"{port}:{port}" for port in re.findall(r"listen (\d+)", NGINX))


def test_every_path_is_there_on_both_sides() -> None:
    for name in OURS:
        context = (DEPLOY / SERVICES[name]["build"]["context"]).resolve()
        assert context == TOP
        assert (context / SERVICES[name]["build"]["dockerfile"]) == DEPLOY / "Dockerfile"
    inside = {}
    for volume in SERVICES["proxy"]["volumes"]:
        outside, path, mode = volume.split(":")
        inside[path] = outside
        # The two that whoever sets it up puts beside the file.
        assert (DEPLOY / outside).exists() or outside in ("./certificate.pem", "./key.pem")
        assert mode == "ro"
    assert set(re.findall(r"(?:include|ssl_certificate|ssl_certificate_key)\s+(\S+);", NGINX)) <= set(inside)
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            assert volume.startswith("./") or volume.partition(":")[0] in COMPOSE["volumes"]
    kept = SERVICES["backup"]["volumes"][0].partition(":")[2]
    assert f"mkdir -p {kept} && chown tracking {kept}" in DOCKERFILE
    assert f"{kept}/" in SERVICES["backup"]["command"][2]


def test_an_image_has_what_runs_and_no_key() -> None:
    lines = (TOP / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[1] == "*"
    taken = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert all((TOP / each).exists() for each in taken)
    assert {"app.py", "pages", "tracking", "schema.sql", "requirements.txt", "data/policy", ".streamlit"} == taken
    assert "python:3.11-" in DOCKERFILE
