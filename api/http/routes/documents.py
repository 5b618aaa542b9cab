"""Texts come in and go out: the only routes that write."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, Request, Response, UploadFile
from fastapi.security import HTTPBearer

from api import details, uploads
from api.http.answering import JSON, answer, documented, encoded, problem, snapshot_of, told
from api.http.errors import BodyTooLarge, NoToken, TooMany, WritesOff, WrongMediaType
from api.http.params import DirectiveId, Place, Sha256, segment_of
from api.http.settings import PREFIX
from api.http.state import State, state_of
from api.http.writing import opened
from api.output import plain
from api.reading import read_apart
from api.resolving import find
from graph.errors import AmbiguousNumber, UnknownId
from graph.records import Reading
from graph.vocabulary import Label

router = APIRouter(prefix=PREFIX, tags=["documents"])
_token = HTTPBearer(auto_error=False, description="The token the server was started with.")
_WRITES = (NoToken, WritesOff, TooMany)


@router.post(
    "/documents",
    **documented(uploads.UploadReport, *_WRITES, BodyTooLarge, WrongMediaType, dated=False),
    dependencies=[Depends(_token)],
    summary="Upload texts: read and stored, or (preview) only shown what would be read",
    description="A preview (`preview=true`) needs the token only where other machines reach the server.",
)
def upload(
    request: Request,
    files: Annotated[list[UploadFile], File(description="Text files (.txt, .md).", min_length=1)],
    preview: Annotated[bool, Query(description="Store nothing; answer what would be read.", examples=[True])] = False,
) -> Response:
    state = state_of(request)
    with state.uploads.taken():
        sent = _received(state, files)

        def read(data: bytes, name: str) -> Reading:
            settings = state.settings
            return read_apart(data, name, seconds=settings.file_seconds, memory=settings.reader_memory)

        work = uploads.preview_uploads if preview else uploads.store_uploads
        with opened(state, writing=not preview) as store:
            report = work(store, sent, read, seconds=state.settings.upload_seconds)
            seen = snapshot_of(store)
    for status, number in report.totals.items():
        state.metrics.files.labels("preview" if preview else status).inc(number)
    return Response(encoded({**told(report), "snapshot": seen}), media_type=JSON)


@router.get(
    "/documents/{sha256}",
    **documented(uploads.KeptText, UnknownId),
    summary="A text that is kept: where it came from and what was read from it",
)
def document(request: Request, sha256: Sha256) -> Response:
    return answer(request, lambda store: uploads.kept_text(store, sha256))


@router.delete(
    "/directives/{id}",
    **documented(uploads.Withdrawn, *_WRITES, UnknownId, AmbiguousNumber, dated=False),
    dependencies=[Depends(_token)],
    summary="Forget the texts of a directive with their claims; what others say of it stays",
)
def withdraw(request: Request, directive_id: DirectiveId, place: Place = None) -> Response:
    with opened(state_of(request), writing=True) as store:
        try:
            node = details.of_kind(find(store, segment_of(directive_id), place=place), Label.DIRECTIVE)
        except AmbiguousNumber as error:
            return problem(request, error, [plain(n) for n in store.nodes(error.candidates).values()])
        done = uploads.withdraw_directive(store, node.id)
        seen = snapshot_of(store)
    return Response(encoded({**told(done), "snapshot": seen}), media_type=JSON)


def _received(state: State, files: list[UploadFile]) -> list[uploads.Upload]:
    if len(files) > state.settings.max_files:
        raise BodyTooLarge(f"more than {state.settings.max_files} files at once")
    return [uploads.Upload(name=file.filename or "", data=file.file.read()) for file in files]
