"""All pages as one router."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.pages import directive, explore, files, home, impact, owners, upload

router = APIRouter(include_in_schema=False)
for room in (home, directive, owners, impact, explore, upload, files):
    router.include_router(room.router)
