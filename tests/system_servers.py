"""PostgreSQL as Debian ships it: it compiles queries to machine code and makes replicas; the one from PyPI cannot."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if shutil.which("pg_ctlcluster") else []
PORT = 5433


@contextmanager
def folder() -> Iterator[str]:
    """Where servers are made and listen by sockets, each at a port of its own."""
    with tempfile.TemporaryDirectory(prefix="server", ignore_cleanup_errors=True) as name:
        shutil.chown(name, _keeper())
        yield name


def address(at: str, port: int = PORT) -> str:
    """Where a server of the folder is reached."""
    return f"postgresql+psycopg://postgres@/postgres?host={at}&port={port}"


@contextmanager
def server(at: str) -> Iterator[str]:
    """The address of an empty database."""
    run("initdb", "-D", f"{at}/first", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    with started(at, "first", PORT):
        yield address(at)


@contextmanager
def replica(at: str) -> Iterator[str]:
    """The address of a server that follows the folder's other one."""
    source = ["-h", at, "-p", str(PORT), "-U", "postgres"]
    run("pg_basebackup", *source, "-D", f"{at}/replica", "-R", "--checkpoint=fast", "--no-sync")
    with started(at, "replica", PORT + 1):
        yield address(at, PORT + 1)


@contextmanager
def started(at: str, name: str, port: int) -> Iterator[None]:
    """While a server that was made is running."""
    data, options = f"{at}/{name}", f"-k {at} -p {port} -c listen_addresses= -c fsync=off"
    run("pg_ctl", "-D", data, "-o", options, "-l", f"{data}.log", "-w", "start")
    try:
        yield
    finally:
        stop(at, name)


def stop(at: str, name: str) -> None:
    """Stop a server at once, if it is running."""
    if Path(f"{at}/{name}/postmaster.pid").exists():
        run("pg_ctl", "-D", f"{at}/{name}", "-m", "immediate", "-w", "stop")


def run(program: str, *arguments: str) -> None:
    """Run a program of the server's as somebody who may: a server refuses root."""
    command = [str(PROGRAMS[-1] / program), *arguments]
    subprocess.run(command, user=_keeper(), check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)


def _keeper() -> str:
    return pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
