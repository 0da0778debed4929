"""The agents' desk: signing in to the queue, pausing, and what is to be done with the call in hand."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings import agents
from recordings.errors import AgentRefused, AgentUnknown
from web.errors import FilterUnknown
from web.parts import now, parts
from web.queue.queries import Hall, hall

desk = Blueprint("queue", __name__)

REASONS = ("break", "meal", "training", "paperwork", "other")
"""Why an agent pauses."""
STATES = (agents.READY, agents.PAUSED, agents.AWAY)


@desk.get("/queue")
def page() -> str:
    """The whole page."""
    return render_template("queue.html", hall=_hall(), reasons=REASONS)


@desk.get("/queue/now")
def live() -> str:
    """The part of the page that changes by itself."""
    return render_template("queue_live.html", hall=_hall(), reasons=REASONS)


@desk.post("/queue/presence")
def presence() -> Response:
    """Sign in to the queue, pause with a reason, or sign out. A call that is on goes on."""
    state, reason = request.form.get("state", ""), request.form.get("reason", "")
    if state not in STATES:
        raise FilterUnknown("state", state)
    if state == agents.PAUSED and reason not in REASONS:
        raise FilterUnknown("reason", reason)
    try:
        with parts().archive.session() as s:
            agents.set_state(s, current_user.id, state, now(), reason if state == agents.PAUSED else "")
    except AgentUnknown:
        flash(parts().text.pair("hall.no-phone"))
    else:
        flash(parts().text.pair(f"presence-now.{state}"))
    return _back()


@desk.post("/queue/wish")
def wish() -> Response:
    """Hold, resume, pass on or hang up. The telephone side does it within half a second."""
    kind, target = request.form.get("kind", ""), request.form.get("target", "")
    if kind not in agents.WISHES:
        raise FilterUnknown("kind", kind)
    if kind == "transfer" and not target:
        flash(parts().text.pair("hall.nobody-chosen"))
        return _back()
    try:
        with parts().archive.session() as s:
            agents.wish(s, current_user.id, kind, now(), target[:8] if kind == "transfer" else "")
    except AgentRefused:
        flash(parts().text.pair("hall.call-over"))
    else:
        flash(parts().text.pair(f"wished.{kind}"))
    return _back()


def _hall() -> Hall:
    with parts().archive.reading() as s:
        return hall(s, current_user.id, now(), parts().zone)


def _back() -> Response:
    return redirect(url_for("queue.page"), 303)
