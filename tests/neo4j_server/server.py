"""The jars that `assemble` put into the cache become a Neo4j community server on loopback, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree import ElementTree

import neo4j

from tests.neo4j_server.database import Login

HERE = Path(__file__).parent
ASSEMBLE = "bash tests/neo4j_server/assemble"
USERNAME = "neo4j"
PASSWORD = "only-for-tests"
START_SECONDS = 120
STOP_SECONDS = 60
# What Neo4j's own start script gives the JVM.
_JVM = (
    "-XX:+ExitOnOutOfMemoryError",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)
_FAST = ("-XX:+UseG1GC",)
_LIGHT = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


class ServerError(RuntimeError):
    """The server cannot be started; the message holds the end of its log, or what to run first."""


def pinned_version() -> str:
    """The version of Neo4j that pom.xml pins."""
    found = ElementTree.parse(HERE / "pom.xml").findtext(".//{*}neo4j.version")
    if not found:
        raise ServerError("tests/neo4j_server/pom.xml pins no neo4j.version")
    return found


def read_settings(path: Path) -> dict[str, str]:
    """The settings of a neo4j.conf by name."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def assembled() -> Path:
    """The folder with the jars and the compiled launcher; ServerError says how to make it if it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "directive-lineage" / f"neo4j-{pinned_version()}"
    if not (folder / "complete").exists() or not classes(folder).is_dir():
        raise ServerError(f"Neo4j {pinned_version()} is not assembled in {folder}: run `{ASSEMBLE}`")
    if shutil.which("java") is None:
        raise ServerError(f"there is no java to run Neo4j: install a JDK of at least 17, then run `{ASSEMBLE}`")
    return folder


def classes(folder: Path) -> Path:
    """Where `assemble` compiles this very Neo4jServer.java to."""
    return folder / f"classes-{sha256((HERE / 'Neo4jServer.java').read_bytes()).hexdigest()[:12]}"


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Neo4jServer:
    """A server with its data, settings and logs in ``home``; it may be stopped or killed, and started again there.

    ``port``: a free one if None, kept over restarts. ``settings``: added to neo4j.conf, or instead of its values.
    ``heap``: the most the JVM may take for objects. ``light``: it compiles little, which is half the work for a server
    that tests ask a few hundred things; a benchmark wants the fast one. As a context manager it runs inside the block.
    The server ends by itself when this process does, however that ends.
    """

    def __init__(
        self,
        home: Path,
        port: int | None = None,
        *,
        settings: Mapping[str, str] | None = None,
        heap: str = "2g",
        light: bool = False,
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.settings = dict(settings or {})
        self.heap = heap
        self.light = light
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def uri(self) -> str:
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def username(self) -> str:
        return USERNAME

    @property
    def password(self) -> str:
        return PASSWORD

    @property
    def login(self) -> Login:
        return Login(uri=self.uri, username=USERNAME, password=PASSWORD)

    @property
    def log(self) -> Path:
        """What the server printed since its last start; its own log is home/logs/debug.log."""
        return self.home / "logs" / "console.log"

    @property
    def pid(self) -> int | None:
        """The process, None while there is none."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def driver(self) -> neo4j.Driver:
        """A new driver, for the caller to close."""
        return self.login.driver()

    def start(self) -> Self:
        """Start and wait until it answers; ServerError after START_SECONDS or if it ends before."""
        if self.pid is not None:
            return self
        folder = assembled()
        self._write_settings()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        jvm = (*_JVM, *(_LIGHT if self.light else _FAST))
        command = ["java", f"-Xmx{self.heap}", *jvm, "-cp", f"{folder}/lib/*:{classes(folder)}", "Neo4jServer"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, str(self.home)], stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self._wait_until_ready()
            self._set_password()
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """Shut down in order; killed after STOP_SECONDS. Nothing happens if it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.stop()

    def _write_settings(self) -> None:
        address = f"127.0.0.1:{self.port}"
        own = {"server.bolt.listen_address": address, "server.bolt.advertised_address": address}
        settings = {**read_settings(HERE / "neo4j.conf"), **own, **self.settings}
        target = self.home / "conf" / "neo4j.conf"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while b"READY" not in self.log.read_bytes().splitlines():
            if self.pid is None or time.monotonic() > deadline:
                raise ServerError(f"Neo4j did not start in {self.home}:\n{self._end_of_log()}")
            time.sleep(0.05)

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])

    def _set_password(self) -> None:
        done = self.home / "data" / "password-is-set"
        if done.exists():
            return
        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(USERNAME, "neo4j")) as driver,
            driver.session(database="system") as session,
        ):
            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=PASSWORD).consume()
        done.touch()

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        try:
            process.send_signal(how)
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        finally:
            process.stdin.close()
