"""The API's description of itself: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), drawn from its operations."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api.operation import JSON, Operation
from web.api.shapes import Problem
from web.session.rights import API, ROUTES, Right

BASE = "/api/v1"
PROBLEM = "application/problem+json"
REFUSALS = {
    "400": "The request is not as described here.",
    "401": "There is no token, or it is not good any more.",
    "403": "The token is not for this, or its user may not do it.",
    "404": "There is no such thing, or its districts are not the token's.",
    "409": "It has changed meanwhile.",
    "429": "Too many questions in this minute; Retry-After says how long to wait.",
    "503": "The archive cannot be reached; try again later.",
}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
"""An argument in a path as Flask writes it."""

EVENT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("event", "id", "data")},
    "required": ["event", "id", "data"],
}
"""One event of a stream: what it is called, its number, and what is told of it, as JSON in a text."""
BY_MEDIA_TYPE: dict[str, dict[str, Any]] = {JSON: {"type": "object"}, "text/event-stream": EVENT}
"""Schemas of answers that have no shape of ours; any other is bytes."""


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """The description, as JSON holds it."""
    given = {o.gives for o in operations if not isinstance(o.gives, str)} | {Problem}
    taken = {o.takes for o in operations if o.takes}
    wanted: list[tuple[type[BaseModel], Any]] = [(shape, "serialization") for shape in given]
    wanted += [(shape, "validation") for shape in taken]
    names, shapes = models_json_schema(wanted, ref_template="#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(BASE + PART.sub(r"{\2}", each.path), {})[each.method.lower()] = _operation(each, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lianxin",
            "version": "1",
            "description": "Calls, cases and figures of the hotline. Times are ISO 8601; seconds count from a "
            "recording's first sample. What may be asked for follows from a token's scopes and its user's districts.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(shapes["$defs"].items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(each: Operation, names: Any) -> dict[str, Any]:
    right = ROUTES[f"{API}.{each.name}"]
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if kind == "int" else "string"}}
        for kind, name in PART.findall(each.path)
    ]
    asked = [{"name": a.name, "in": "query", "description": a.says, "schema": a.schema} for a in each.asks]
    refusals = ["400", "503"] + ["404"] * each.may_miss + ["409"] * each.may_conflict
    if right is not Right.NONE:
        refusals += ["401", "403", "429"]
    described: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.says,
        "parameters": inside + asked,
        "responses": {"200": _good(each, names)} | {code: _bad(code, names) for code in sorted(refusals)},
        "security": [] if right is Right.NONE else [{"token": [] if right is Right.SELF else [right.value]}],
    }
    if each.takes is not None:
        content = {JSON: {"schema": names[(each.takes, "validation")]}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _good(each: Operation, names: Any) -> dict[str, Any]:
    if isinstance(each.gives, str):
        schema = BY_MEDIA_TYPE.get(each.gives, {"type": "string", "format": "binary"})
        return {"description": "Done.", "content": {each.gives: {"schema": schema}}}
    return {"description": "Done.", "content": {JSON: {"schema": names[(each.gives, "serialization")]}}}


def _bad(code: str, names: Any) -> dict[str, Any]:
    return {"description": REFUSALS[code], "content": {PROBLEM: {"schema": names[(Problem, "serialization")]}}}
