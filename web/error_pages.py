"""Errors become pages here and nowhere else."""

from flask import Flask, Response, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from recordings.errors import ArchiveError, CalibrationUnknown, CallUnknown, StoredFileMissing
from web.api.problem import asked_by_a_program, problem
from web.errors import CallMissing, TokenMissing, TooFast, WebError
from web.parts import parts

PAGES = {403: "error.forbidden", 404: "error.not-found", 405: "error.not-found"}
"""Phrase of a page by HTTP status; of the others below 500 it is 'error.bad-request', above 'error.server'."""
ARCHIVE_PAGES = {
    StoredFileMissing: "error.audio-missing",
    CallUnknown: CallMissing.text_id,
    CalibrationUnknown: "error.not-found",
}
"""Phrase for what the archive does not have; all else there is a failure of ours."""
Answer = tuple[str, int] | HTTPException | Response


def show_errors(app: Flask) -> None:
    """Answer errors with pages in the console's own look."""
    app.register_error_handler(WebError, _web)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(ArchiveError, lambda error: _archive(app, error))
    app.register_error_handler(HTTPException, _http)


def stale_form(_: CSRFError) -> tuple[str, int]:
    """The page for a form whose token is of another session."""
    return _page(400, "error.stale-form")


def _web(error: WebError) -> Answer:
    if not asked_by_a_program():
        return _page(error.status, error.text_id, **error.values)
    headers = {}
    if isinstance(error, TokenMissing):
        headers = {"WWW-Authenticate": "Bearer"}
    if isinstance(error, TooFast):
        headers = {"Retry-After": str(error.seconds)}
    return problem(error.status, error.error_id, str(error), headers)


def _archive(app: Flask, error: ArchiveError) -> Answer:
    if asked_by_a_program() and type(error) in ARCHIVE_PAGES:
        return problem(404, error.error_id, str(error))
    if type(error) in ARCHIVE_PAGES:
        return _page(404, ARCHIVE_PAGES[type(error)])
    app.logger.error("%s: %s", error.error_id, error)
    if asked_by_a_program():
        return problem(503, error.error_id, "the archive cannot be reached; try again later")
    return _page(503, "error.server")


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status < 400 or status == 416:
        return error
    if asked_by_a_program():
        allowed = getattr(error, "valid_methods", None)
        return problem(status, "", error.description or "", {"Allow": ", ".join(sorted(allowed))} if allowed else {})
    return _page(status, PAGES.get(status, "error.server" if status >= 500 else "error.bad-request"))


def _page(status: int, text_id: str, **values: str) -> tuple[str, int]:
    # A failing page must not ask the database who is signed in: it may be what failed.
    text = parts().text.pair(text_id, **values)
    return render_template("error.html", status=status, text=text, bare=status >= 500), status
