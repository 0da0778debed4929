"""One thing that the API does: where, with what, for what; route and description both follow from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.wrappers import Response

from web.errors import RequestUnreadable

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A parameter of the address."""

    name: str
    says: str
    schema: dict[str, Any]
    """As JSON Schema."""

    def check(self, value: str | None) -> None:
        """Raises RequestUnreadable for what should be a number and is none; words are checked where they are read."""
        if value is None or self.schema.get("type") != "integer":
            return
        number = int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else -1
        if not self.schema["minimum"] <= number <= self.schema["maximum"]:
            raise RequestUnreadable(f"{self.name} is a number, and {value[:40]!r} will not do")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    name: str
    """Its endpoint is 'api.' and this."""
    method: str
    path: str
    """As Flask writes it, below /api/v1."""
    says: str
    does: Callable[..., BaseModel | Response]
    """Gets the path's arguments, and `body` where it takes one."""
    gives: type[BaseModel] | str
    """The shape of the answer, or the media type of one that is no JSON."""
    takes: type[BaseModel] | None = None
    asks: tuple[Asked, ...] = ()
    may_miss: bool = False
    """Whether it may answer 404."""
    may_conflict: bool = False
    """Whether it may answer 409."""

    def answer(self, **arguments: Any) -> Response:
        """Read the request and answer it. Raises RequestUnreadable for what the description does not know."""
        known = {asked.name for asked in self.asks}
        for name in request.args:
            if name not in known or len(request.args.getlist(name)) > 1:
                raise RequestUnreadable(f"{self.method} {request.path} takes no parameter {name[:40]!r}, or only one")
        for asked in self.asks:
            asked.check(request.args.get(asked.name))
        if self.takes is not None:
            arguments["body"] = _read(self.takes)
        given = self.does(**arguments)
        return given if isinstance(given, Response) else Response(given.model_dump_json(), mimetype=JSON)


def _read(shape: type[BaseModel]) -> BaseModel:
    if request.mimetype != JSON:
        raise RequestUnreadable(f"the body must be {JSON}")
    try:
        return shape.model_validate_json(request.get_data())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise RequestUnreadable(f"{where}: {first['msg']}") from None
