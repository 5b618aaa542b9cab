"""A record → the model of its JSON, for the documentation: what api.output.plain writes, field by field.

Models follow the records by themselves, so the documentation cannot fall behind; each leaf takes its example from
api.http.examples, and a field without one fails at start.
"""

from __future__ import annotations

import types
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.http.examples import example
from graph.records import Deadline, Directive, Edge, Record, Task
from graph.store.base import LABELS, Node, Reached

_NOT_PROPERTIES = {"id", "evidence", "ref", "targets", "deadline"}
_ENDS = {"type", "source", "target"}


@cache
def wire(record: type[BaseModel]) -> type[BaseModel]:
    """The model of what a record is on the wire, without what every answer adds."""
    return _model(record.__name__, _fields(record), record.__doc__)


@cache
def answer_model(record: type[BaseModel], *, next_link: bool = False) -> type[BaseModel]:
    """The model of a whole answer: the record, ``snapshot``, and in lists ``next``."""
    extra: dict[str, Any] = {"snapshot": (str, _field(record, "snapshot", str))}
    fields = _fields(record)
    if next_link:
        fields.pop("cursor")
        extra["next"] = (str | None, _field(record, "next", str))
    return _model(f"{record.__name__}Answer", {**fields, **extra}, record.__doc__)


def _fields(record: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    found = {name: (_on_wire(hints[name]), _field(record, name, hints[name])) for name in record.model_fields}
    for name, computed in record.model_computed_fields.items():
        found[name] = (_on_wire(computed.return_type), _field(record, name, computed.return_type))
    return found


def _model(name: str, fields: dict[str, Any], doc: str | None) -> type[BaseModel]:
    config = ConfigDict(extra="forbid", title=name)
    made: type[BaseModel] = create_model(name, __config__=config, __doc__=doc, **fields)
    return made


def _on_wire(kind: Any) -> Any:
    """The type that a value of a record has on the wire."""
    if kind is Node or kind is Reached:
        return _node()
    if kind is Edge:
        return _edge()
    if kind is Directive:
        return _node_of(Directive)
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple:
        return list[_on_wire(args[0])]  # type: ignore[misc]
    if origin is dict:
        return dict[str, _on_wire(args[1])]  # type: ignore[misc]
    if origin in (Union, types.UnionType):
        return Union[tuple(_on_wire(arg) for arg in args)]  # noqa: UP007
    if isinstance(kind, type) and issubclass(kind, Record):
        return wire(kind)
    return kind


@cache
def _node() -> Any:
    kinds = tuple(_node_of(record) for record in LABELS)
    return Annotated[Union[kinds], Field(discriminator="label")]  # noqa: UP007


@cache
def _node_of(record: type[BaseModel]) -> type[BaseModel]:
    name = record.__name__
    hints = get_type_hints(record)
    said: dict[str, Any] = {n: hints[n] for n in record.model_fields if n not in _NOT_PROPERTIES}
    if record is Task:
        said |= {f"deadline_{n}": kind for n, kind in get_type_hints(Deadline).items() if n in Deadline.model_fields}
    fields: dict[str, Any] = {
        "id": (str, _field(record, "id", str)),
        "label": (Literal[name], Field(examples=[name])),
        "properties": (_properties(record, said), ...),
    }
    return _model(f"{name}Node", fields, f"A node: what is known of it stands in properties. {record.__doc__ or ''}")


@cache
def _edge() -> type[BaseModel]:
    hints = get_type_hints(Edge)
    said = {n: hints[n] for n in Edge.model_fields if n not in _ENDS}
    fields: dict[str, Any] = {name: (hints[name], _field(Edge, name, hints[name])) for name in sorted(_ENDS)}
    return _model("Edge", {**fields, "properties": (_properties(Edge, said), ...)}, Edge.__doc__)


def _properties(record: type[BaseModel], said: dict[str, Any]) -> type[BaseModel]:
    """Properties are left out where the text does not say; none is null."""
    fields = {
        name: (_on_wire(_without_none(kind)), _field(record, name, kind, optional=True)) for name, kind in said.items()
    }
    config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)
    made: type[BaseModel] = create_model(f"{record.__name__}Properties", __config__=config, **fields)  # type: ignore[call-overload]
    return made


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return Union[tuple(arg for arg in get_args(kind) if arg is not types.NoneType)]  # noqa: UP007
    return kind


def _without_defaults(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


def _field(record: type[BaseModel], name: str, kind: Any, *, optional: bool = False) -> Any:
    shown: dict[str, Any] = {} if _is_model(kind) else {"examples": [example(record.__name__, name)]}
    return Field(None, **shown) if optional else Field(**shown)


def _is_model(kind: Any) -> bool:
    """Whether a field's own schema holds no leaf: its example is that of the model it refers to."""
    args = get_args(kind)
    if args:
        return any(_is_model(arg) for arg in args)
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Enum)
