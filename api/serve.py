"""The command ``lineage serve``: the API on this machine's own address, until it is told to stop."""

from __future__ import annotations

import gc
import os
import signal
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.http.settings import Settings
from api.options import common, open_existing
from api.output import print_json, print_lines
from viz.layout import Line

if TYPE_CHECKING:
    import uvicorn


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the token that writes must carry; else the environment variable LINEAGE_TOKEN, else no writes.",
)
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name it is reached by (repeatable).")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="An origin whose pages may ask (repeatable).")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=2.0, show_default=True, help="The time a question may take."
)
@common
def serve_command(
    host: str,
    port: int,
    open_page: bool,
    token_file: Path | None,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    seconds: float,
    url: str,
    as_json: bool,
) -> None:
    """Answer questions over HTTP: /api/v1, described at /api/docs. Ctrl-C or SIGTERM stops it.

    Only this machine reaches it unless --host says otherwise, which needs a token.

    \b
    JSON: {"url", "store"}, when it listens
    """
    settings = Settings(
        store=url,
        host=host,
        token=_token(token_file),
        allowed_hosts=hosts,
        cors_origins=origins,
        question_seconds=seconds,
    )
    server = _server(settings)
    open_existing(url).close()
    with _listening(host, port) as listener:
        address = _address(host, listener.getsockname()[1])
        _run(server, listener, lambda: _tell(address, url, as_json, open_page))


def _server(settings: Settings) -> uvicorn.Server:
    """The server, not yet listening; UsageError if its packages are not installed."""
    try:
        import uvicorn

        from api.http.app import create_app
    except ModuleNotFoundError as error:
        raise click.UsageError(f"{error.name} is not installed: pip install 'directive-lineage[serve]'") from error

    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
        limit_concurrency=1000,
        h11_max_incomplete_event_size=65_536,
    )
    return uvicorn.Server(config)


def _run(server: uvicorn.Server, listener: socket.socket, tell: Callable[[], None]) -> None:
    """Serve until told to stop; the signals are heard before the server listens to them, and after it has stopped."""
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, server.handle_exit)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: a collection that looks through it all costs a page 100 ms
    tell()
    server.run(sockets=[listener])


def _token(file: Path | None) -> str | None:
    """The token of writes: from the file, else from the environment; None if there is none.

    UsageError if the file holds none: a server that takes no writes is not what was asked for.
    """
    if file is None:
        return os.environ.get("LINEAGE_TOKEN", "").strip() or None
    if said := file.read_text(encoding="utf-8").strip():
        return said
    raise click.UsageError(f"{file} is empty: write a token into it, or leave --token-file out")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; UsageError if that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's algorithm on: then each answer waits 40 ms for the client's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        said = f"cannot listen on {host}:{port} ({error.strerror}); choose another --host or --port"
        raise click.UsageError(said) from error
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host.strip('[]')}]:{port}" if ":" in host else f"http://{host}:{port}"


def _tell(address: str, store: str, as_json: bool, open_page: bool) -> None:
    if as_json:
        print_json({"url": address, "store": store})
    else:
        print_lines([Line(f"{address}  (API: {address}/api/docs)")])
    if open_page:
        webbrowser.open(address)
