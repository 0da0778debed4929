"""Tokens: made, shown once, revoked. And the page on which tokens and hooks stand."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from recordings import tokens
from recordings.announcing import ANNOUNCED
from recordings.errors import TokenRefused, TokenUnknown, UserUnknown
from recordings.hook_standing import hooks_standing
from recordings.tables import Token, User
from web.errors import TokenNumberUnknown
from web.parts import now, parts
from web.session.rights import SCOPES
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("programs", __name__)
Page = str | tuple[str, int]

LONGEST = 3650
"""Days for which a token can be good."""
TOKEN_COLUMNS = (
    "program.number", "program.name", "program.user", "program.scopes", "program.made", "program.until",
    "program.used", "program.state",
)  # fmt: skip


@desk.get("/programs", endpoint="page")
def page() -> str:
    """Every token, every hook, and a form for a new one of each."""
    return page_with()


@desk.post("/programs/tokens", endpoint="make")
def make() -> Page:
    """Make a token; the page shows it, and only this once. 400 with what is wrong."""
    days = request.form.get("days", "").strip()
    scopes = request.form.getlist("scope")
    good = days.isascii() and days.isdecimal() and len(days) < 5 and 0 < int(days) <= LONGEST
    if not good or not set(scopes) <= SCOPES:
        return page_with(trouble="program.refused"), 400
    lasts = timedelta(days=int(days))
    name, user = request.form.get("name", ""), request.form.get("user", "")
    try:
        with parts().archive.session() as s:
            token, text = tokens.make_token(s, name=name, user=user, scopes=scopes, at=now(), lasts=lasts)
            called = token.name
    except (TokenRefused, UserUnknown):
        return page_with(trouble="program.refused"), 400
    return page_with(token=text, called=called)


@desk.post("/programs/tokens/<int:token_id>/revoke", endpoint="revoke")
def revoke(token_id: int) -> AnyResponse:
    """End a token at once; one that has ended stays so. 404 for none."""
    try:
        with parts().archive.session() as s:
            name = tokens.revoke_token(s, token_id, now()).name
    except TokenUnknown:
        raise TokenNumberUnknown(token_id) from None
    flash(parts().text.pair("program.revoked", name=name))
    return redirect(url_for("programs.page"), 303)


@desk.get("/programs/tokens.<kind>", endpoint="tokens")
def tokens_as_file(kind: str) -> Response:
    """The list of tokens, never the tokens themselves, as CSV or XLSX."""
    wanted, text, zone = kind_of(kind), parts().text, parts().zone
    with parts().archive.reading() as s:
        rows: list[list[Cell]] = [
            [
                token.id,
                token.name,
                token.user.name,
                token.scopes,
                f"{token.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
                f"{token.expires_at.astimezone(zone):%Y-%m-%d %H:%M}",
                f"{token.used_at.astimezone(zone):%Y-%m-%d %H:%M}" if token.used_at else "",
                text.zh(f"token-state.{state_of(token)}"),
            ]
            for token in tokens.all_tokens(s)
        ]
    return hand_out(wanted, "tokens", [text.zh(column) for column in TOKEN_COLUMNS], rows, f"tokens as {kind}")


def state_of(token: Token) -> str:
    """Whether a token is good, revoked, expired, or of somebody who may not sign in."""
    if token.revoked_at:
        return "revoked"
    if token.expires_at <= now():
        return "expired"
    return "disabled" if token.user.disabled else "good"


def page_with(**said: str) -> str:
    """The page, with what is shown once or what was wrong."""
    with parts().archive.reading() as s:
        known = [(token, state_of(token)) for token in reversed(tokens.all_tokens(s))]
        people = s.scalars(select(User).where(User.disabled.is_(False)).order_by(User.name)).all()
        hooks = hooks_standing(s)
    given = {"trouble": "", "token": "", "called": "", "secret": "", "address": ""} | said
    return render_template(
        "programs.html",
        tokens=known,
        people=people,
        hooks=hooks,
        scopes=sorted(SCOPES),
        events=sorted(ANNOUNCED),
        typed=request.form if given["trouble"] else MultiDict(),
        zone=parts().zone,
        tab="programs",
        **given,
    )
