"""What every answer says to the browser: run nothing but our own, keep nothing, tell nobody."""

from flask import Response, current_app, request

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
A_YEAR = 365 * 24 * 60 * 60
"""Seconds."""


def guard_answer(response: Response) -> Response:
    """Add the headers to a response."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if request.endpoint != "static":
        # Residents' words and voices stay out of the cache of a shared workstation.
        response.headers["Cache-Control"] = "private, no-store"
    return response
