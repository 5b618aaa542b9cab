"""The shape of a problem, for the documentation."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """What went wrong, where, and what to do (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:lineage:problem:unknown-id"])
    title: str = Field(examples=["nothing has this id or number"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["nothing has this id or number; look it up: GET /api/v1/search?q="])
    instance: str = Field(examples=["/api/v1/impact/99-KH%2FTU"], description="The address asked.")
    errors: list[dict[str, str]] = Field(
        examples=[[{"where": "query.limit", "what": "Input should be less than or equal to 1000"}]],
        description="Each value refused: where it stands and why.",
    )
    candidates: list[dict[str, Any]] = Field(
        examples=[[]], description="The directives or agencies that fit, where several do (409)."
    )
