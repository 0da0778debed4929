"""What every answer says to the browser: run nothing but our own, keep nothing, tell nobody."""

import secrets

from flask import Response, current_app, g, request

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
STYLES = "; style-src 'self' 'nonce-{nonce}'"
"""Added on a page whose drawing brings a style sheet of its own: that one, and no other."""
A_YEAR = 365 * 24 * 60 * 60
"""Seconds."""


def style_nonce() -> str:
    """The word by which the page that is being made lets a script of ours add a style sheet; new for every page."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def guard_answer(response: Response) -> Response:
    """Add the headers to a response."""
    styles = STYLES.format(nonce=g.style_nonce) if "style_nonce" in g else ""
    response.headers["Content-Security-Policy"] = POLICY + styles
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if request.endpoint != "static":
        # Residents' words and voices stay out of the cache of a shared workstation.
        response.headers["Cache-Control"] = "private, no-store"
    return response
