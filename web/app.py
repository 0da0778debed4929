"""The console as a Flask application, built from what it is handed."""

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask, Request, request
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect

from recordings.archive import Archive
from recordings.sealing import Seal
from recordings.tables import Token
from web import times
from web.api import desk as api
from web.api.pace import Pace
from web.audit import pages as audit
from web.callbacks import pages as callbacks
from web.calls import again, audio, correcting_facts, correcting_words, exporting, in_doubt, keeping, originals, wave
from web.calls import pages as calls
from web.calls.marks import marks_of
from web.cases import pages as cases
from web.error_pages import show_errors
from web.few_at_a_time import FewAtATime
from web.floor import pages as floor
from web.headers import guard_answer, style_nonce
from web.live import pages as live
from web.live.bell import Bell
from web.live.pages import Live
from web.looking import note_changing
from web.notes import pages as notes
from web.outages import pages as outages
from web.parts import Parts, now
from web.people import pages as people
from web.programs import hooks
from web.programs import pages as programs
from web.quality import calibrating, drawing, month
from web.quality import pages as quality_pages
from web.quality.terms import QualityTerms
from web.queue import pages as queue
from web.reports import pages as reports
from web.scores import pages as scores
from web.session import codes, factor
from web.session import pages as session
from web.session.guard import guard
from web.session.lockout import Lockout
from web.session.person import SHIFT, Person, person_by_cookie, person_by_token
from web.session.rights import API
from web.system import amending
from web.system import pages as system
from web.system.insight import Insight
from web.text import Text

IDLE = timedelta(minutes=30)
"""How long a session lasts without a request, where no setting says otherwise."""
API_PER_MINUTE = 600
"""Questions of one token, where no setting says otherwise."""
LARGEST_FORM = 64 * 1024
"""Bytes; the largest form here is a password."""


def create_app(
    archive: Archive,
    *,
    secret_key: str,
    zone: ZoneInfo,
    tls: bool = False,
    idle: timedelta = IDLE,
    calls_back: bool = False,
    api_per_minute: int = API_PER_MINUTE,
    second_factor: Collection[str] = (),
    quality: QualityTerms | None = None,
    seal: Seal | None = None,
    insight: Insight | None = None,
) -> Flask:
    """The console over one archive. `secret_key` signs its cookies; times are shown in `zone`.

    With `tls`, which a proxy adds, its cookies go over TLS only and browsers are told to stay with it. `calls_back`:
    the telephone has a way out to residents. `second_factor`: roles that must set up one-time
    codes. `quality` says who is praised and warned. `seal` opens originals; with it, sound
    that is not masked yet is not heard by those without the right to them. `insight` tells admins of the rest.
    """
    app = Flask("web")
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="lianxin",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=tls,
        PERMANENT_SESSION_LIFETIME=SHIFT,
        # Sent with every answer, the cookie of a waveform that was asked for before a form would undo what the form's
        # answer has put there: the word that it was kept.
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,  # A page may stay open for as long as its session.
    )
    text = Text.load()
    app.extensions["lianxin"] = Parts(
        archive, zone, text, idle, frozenset(second_factor), calls_back, quality or QualityTerms(), seal, insight
    )
    app.extensions["lianxin.lockout"] = Lockout()
    app.extensions["lianxin.pace"] = Pace(api_per_minute)
    app.extensions["lianxin.live"] = Live(Bell(archive))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(t=text.pair, zh=text.zh, both=text.both, name=text.name)
    app.jinja_env.globals.update(signed_in=lambda: current_user, times=times, catalogue=text)
    app.jinja_env.globals.update(calls_back=calls_back, marks_of=marks_of, style_nonce=style_nonce)
    _know_people(app, archive)
    # The guard first: a form whose session has ended leads to the sign-in, and not to a word about tokens.
    app.before_request(guard)
    CSRFProtect(app).exempt(api.desk)  # No browser sends a token by itself.
    app.before_request(note_changing)
    app.after_request(guard_answer)
    show_errors(app)
    for desk in (
        session.desk, calls.desk, again.desk, audio.desk, wave.desk, originals.desk, in_doubt.desk,
        correcting_words.desk, correcting_facts.desk, cases.desk, notes.desk, callbacks.desk,
        floor.desk, reports.desk, people.desk,
        queue.desk, outages.desk, audit.desk, exporting.desk, api.desk, live.desk, keeping.desk,
        codes.desk, factor.desk, programs.desk, hooks.desk, system.desk, amending.desk,
        quality_pages.desk, drawing.desk, calibrating.desk, month.desk, scores.desk,
    ):  # fmt: skip
        app.register_blueprint(desk)
    app.wsgi_app = FewAtATime(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _know_people(app: Flask, archive: Archive) -> None:
    """Tell flask-login how to find the person whom a cookie names, and for the API whom a token does."""

    def load(kept: str) -> Person | None:
        if request.blueprint == API:
            return None
        with archive.reading() as s:
            return person_by_cookie(s, kept, now())

    def load_by_token(asked: Request) -> Person | None:
        if asked.blueprint != API:
            return None
        with archive.reading() as s:
            person, unseen = person_by_token(s, asked.headers.get("Authorization", ""), now())
        if person and unseen:
            with archive.session() as s:
                s.get_one(Token, person.token).used_at = now()
        return person

    # Without the processor a page that says the database is gone does not ask the database who is signed in.
    login = LoginManager(app, add_context_processor=False)
    login.user_loader(load)
    login.request_loader(load_by_token)
