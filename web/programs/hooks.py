"""Web hooks: an address that is told what happens, what it was told, and what is said again."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from recordings import hooks
from recordings.errors import HookRefused, HookUnknown
from recordings.hook_standing import HookStanding, deliveries_of, hook_standing
from recordings.tables import HookDelivery
from web.errors import HookMissing
from web.parts import now, parts
from web.programs.pages import Page, page_with
from web.table_file import Cell
from web.taking_away import MOST, hand_out, kind_of

desk = Blueprint("hooks", __name__)

SHOWN = 100
"""Deliveries on the page of a hook."""
COLUMNS = (
    "program.number", "delivery.event", "done.code", "delivery.at", "delivery.state", "delivery.tries",
    "delivery.next", "delivery.answer",
)  # fmt: skip


@desk.post("/programs/hooks", endpoint="add")
def add() -> Page:
    """Tell an address what happens from now on; the page shows its secret, and only this once. 400 with the fault."""
    url = request.form.get("url", "").strip()
    try:
        with parts().archive.session() as s:
            hook = hooks.add_hook(s, url=url, events=request.form.getlist("event"), at=now())
            secret = hooks.secret_of(s, hook)
    except HookRefused:
        return page_with(trouble="program.hook-refused"), 400
    return page_with(secret=secret, address=url)


@desk.post("/programs/hooks/<int:hook_id>/remove", endpoint="remove")
def remove(hook_id: int) -> AnyResponse:
    """Tell an address nothing more. 404 for none."""
    try:
        with parts().archive.session() as s:
            url = hooks.remove_hook(s, hook_id, now()).url
    except HookUnknown:
        raise HookMissing(hook_id) from None
    flash(parts().text.pair("program.hook-removed", url=url))
    return redirect(url_for("programs.page"), 303)


@desk.post("/programs/hooks/<int:hook_id>/retry", endpoint="retry")
def retry(hook_id: int) -> AnyResponse:
    """Say again what was given up. 404 for none."""
    try:
        with parts().archive.session() as s:
            count = hooks.try_again(s, hook_id, now())
    except HookUnknown:
        raise HookMissing(hook_id) from None
    flash(parts().text.pair("program.hook-retried", count=count))
    return redirect(url_for("hooks.page", hook_id=hook_id), 303)


@desk.get("/programs/hooks/<int:hook_id>", endpoint="page")
def deliveries(hook_id: int) -> str:
    """What a hook was told of late, and what became of it. 404 for none."""
    hook, rows = _of(hook_id, SHOWN)
    return render_template("hook.html", hook=hook, rows=rows, most=SHOWN, zone=parts().zone, tab="programs")


@desk.get("/programs/hooks/<int:hook_id>/deliveries.<kind>", endpoint="export")
def export(hook_id: int, kind: str) -> Response:
    """The same as CSV or XLSX, the newest 20 000."""
    wanted, text, zone = kind_of(kind), parts().text, parts().zone
    _, found = _of(hook_id, MOST)
    rows: list[list[Cell]] = [
        [
            one.id,
            text.zh(name) if (name := f"hook-event.{one.event.replace('.', '-')}") in text else "",
            one.event,
            f"{one.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            text.zh(f"delivery-state.{one.state}"),
            one.tries,
            f"{one.next_at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if one.state == "waiting" else "",
            one.answer,
        ]
        for one in found
    ]
    heads = [text.zh(column) for column in COLUMNS]
    return hand_out(wanted, f"hook-{hook_id}", heads, rows, f"deliveries of hook {hook_id} as {kind}")


def _of(hook_id: int, most: int) -> tuple[HookStanding, list[HookDelivery]]:
    try:
        with parts().archive.reading() as s:
            return hook_standing(s, hook_id), list(deliveries_of(s, hook_id, most))
    except HookUnknown:
        raise HookMissing(hook_id) from None
