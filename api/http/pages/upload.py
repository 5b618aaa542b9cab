"""The page to upload texts: a form, a preview of what would be read (nothing is stored), and storing with the token.

A browser cannot send the header that writes through the API carry, so the form has a field for the token, checked here
before anything is stored. The rule for a preview is that of the API: where other machines reach the server, it needs
the token, too. A form of another site is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from fastapi import APIRouter, Form, Request, Response, UploadFile

from api import uploads
from api.http.guards import FORM
from api.http.pages.showing import guarded, page
from api.http.state import state_of
from api.http.writing import free_preview, is_token, opened
from api.reading import read_apart
from graph.records import Reading
from graph.store.base import Node
from ingest.encodings import decode
from viz.pages.frame import Frame
from viz.pages.marking import Piece, pieces
from viz.pages.render import render
from viz.pages.texts import TEXTS

router = APIRouter(include_in_schema=False)


class Shown(NamedTuple):
    """What the page tells of one file; ``directive``: its own; ``pieces``: the text with every claim marked."""

    name: str
    error: str | None = None
    known: bool = False
    directive: Node | None = None
    counts: tuple[tuple[str, int, str | None], ...] = ()
    findings: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


@router.get("/tai-len")
def form(request: Request) -> Response:
    return guarded(request, lambda frame: page(_form(request, frame)))


@router.post(FORM)
def upload(
    request: Request, files: list[UploadFile] | None = None, token: str = Form(""), viec: str = Form("xem")
) -> Response:
    def do(frame: Frame) -> Response:
        state, t = state_of(request), frame.words
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return page(_form(request, frame, problem=t("foreign")), 403)
        sent = _received(files or [])
        if not sent or len(sent) > state.settings.max_files:
            return page(_form(request, frame, problem=t("too_large" if sent else "no_file")), 413 if sent else 422)
        storing = viec == "luu"
        free = not storing and free_preview(state.settings, request.scope)
        if not free and not is_token(state.settings, token):
            return page(_form(request, frame, problem=t("no_token")), 401)
        return page(_done(request, frame, sent, storing))

    return guarded(request, do)


def _done(request: Request, frame: Frame, sent: list[uploads.Upload], storing: bool) -> str:
    state = state_of(request)

    def read(data: bytes, name: str) -> Reading:
        return read_apart(data, name, seconds=state.settings.file_seconds, memory=state.settings.reader_memory)

    work = uploads.store_uploads if storing else uploads.preview_uploads
    with state.uploads.taken(), opened(state, writing=storing) as store:
        report = work(store, sent, read, seconds=state.settings.upload_seconds)
        nodes = {n.id: n for n in report.nodes} or store.nodes([f.directive for f in report.files if f.directive])
    for status, number in report.totals.items():
        state.metrics.files.labels(status if storing else "preview").inc(number)
    items = [_shown(*pair, report, nodes, frame) for pair in zip(sent, report.files, strict=True)]
    return _form(request, frame, report=report, shown=items)


def _form(request: Request, frame: Frame, **said: object) -> str:
    told = {"problem": None, "report": None, "shown": (), **said}
    settings = state_of(request).settings
    here = replace(frame, path="/tai-len")  # where date and language can be changed; the form is only sent to
    return render("upload.html", here, writes=settings.token is not None, private=settings.private, **told)


def _shown(
    sent: uploads.Upload, file: uploads.Document, report: uploads.UploadReport, nodes: dict[str, Node], frame: Frame
) -> Shown:
    name = uploads.bare_name(sent.name)
    if file.error:
        return Shown(name, error=file.error)
    t = frame.words
    return Shown(
        name,
        known=file.known,
        directive=nodes.get(file.directive or ""),
        counts=tuple((t(f"read_{kind}"), n, None) for kind, n in file.counts.items() if f"read_{kind}" in TEXTS),
        findings=tuple((t("line", line=f.line) + ": " if f.line else "") + f.message for f in file.findings),
        pieces=tuple(_marked(sent, report)) if report.preview else (),
    )


def _marked(sent: uploads.Upload, report: uploads.UploadReport) -> list[Piece]:
    """The text as it would be kept, with the places that claims would rest on."""
    said = [edge.evidence for edge in report.edges if edge.evidence and edge.evidence.sha256 == sent.sha256]
    return pieces(decode(sent.data, sent.path)[0], {(evidence.start, evidence.end) for evidence in said})


def _received(files: list[UploadFile]) -> list[uploads.Upload]:
    """Files as sent; equal ones once; the empty part of a form without a file is none."""
    found = [uploads.Upload(name=file.filename or "", data=file.file.read()) for file in files if file.filename]
    return list({upload.path: upload for upload in found}.values())
