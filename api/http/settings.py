"""All that can be set about the server, in one object."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from graph.errors import LineageError
from graph.store import DEFAULT_FILE

#: Every route that answers questions stands under this.
PREFIX = "/api/v1"


class UnsafeSettings(LineageError):
    """The server refuses to start with these settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Times are in seconds, sizes in bytes.

    ``token``: what writes must carry (None: no writes at all). ``allowed_hosts``: names beside loopback that a request
    may be addressed to. ``cors_origins``: origins whose pages may read answers. ``stores``: store objects kept open.
    ``question_seconds``: the time a question may take; ``file_seconds``: reading one uploaded file; ``upload_seconds``:
    a whole upload; ``download_seconds``: making a table as a file; ``export_seconds``: preparing an export.
    """

    store: str = DEFAULT_FILE
    host: str = "127.0.0.1"
    token: str | None = field(default=None, repr=False)
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    stores: int = 4
    question_seconds: float = 2.0
    file_seconds: float = 30.0
    upload_seconds: float = 120.0
    download_seconds: float = 60.0
    export_seconds: float = 600.0
    reader_memory: int = 2_000_000_000
    max_body: int = 25_000_000
    max_files: int = 50
    uploads_at_once: int = 2
    exports_at_once: int = 2
    stop_seconds: int = 30

    @property
    def private(self) -> bool:
        """Whether only this machine reaches the server (a name it is reached by means a proxy before it)."""
        return is_loopback(self.host) and not self.allowed_hosts

    def check(self) -> None:
        """Raise UnsafeSettings if others than this machine could reach a server that nothing guards."""
        if not is_loopback(self.host) and not self.token:
            raise UnsafeSettings(
                f"{self.host} can be reached from other machines: set a token (LINEAGE_TOKEN or --token-file), "
                "or serve on 127.0.0.1"
            )
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UnsafeSettings(f"the token is shorter than {SHORTEST_TOKEN} characters; choose a longer one")


SHORTEST_TOKEN = 16


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
