"""An error as programs read it (RFC 9457)."""

from http import HTTPStatus

from flask import Response, request

from web.api.description import BASE, PROBLEM
from web.api.shapes import Problem


def asked_by_a_program() -> bool:
    """Whether the request is to the API, also to a part of it that there is not."""
    return request.path.startswith(f"{BASE}/")


def problem(status: int, error_id: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """The answer that says what was wrong; an empty `error_id` for what its status says all about."""
    kind, title = f"urn:lianxin:{error_id}" if error_id else "about:blank", HTTPStatus(status).phrase
    body = Problem(type=kind, title=title, status=status, detail=detail)
    return Response(body.model_dump_json(), status, headers or {}, content_type=PROBLEM)
