"""Drawing samples by seed, and what has become of those that were drawn."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from quality.sampling import Candidate, sample
from recordings.samples import JudgedCall, judged_calls, keep_sample, samples
from web.days import begin_of, day_of
from web.parts import now, parts
from web.quality.staff import judges
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("samples", __name__)

COLUMNS = (
    "done.when", "done.who", "sample.from", "sample.to", "sample.share", "sample.seed", "sample.calls",
    "sample.reviewed",
)  # fmt: skip
LARGEST_SEED = 999_999_999
A_WEEK = timedelta(days=7)


@desk.get("/quality/samples", endpoint="list")
def list_of_samples() -> str:
    """The form to draw with, and the newest samples with how far they have come."""
    return _page()


@desk.get("/quality/samples.<kind>", endpoint="export")
def export(kind: str) -> Response:
    """The newest samples and how far they have come, as CSV or XLSX. 400 for another kind of file."""
    wanted, text, zone = kind_of(kind), parts().text, parts().zone
    with parts().archive.reading() as s:
        rows: list[list[Cell]] = [
            [
                f"{each.sample.made_at.astimezone(zone):%Y-%m-%d %H:%M}",
                each.sample.user.name,
                f"{each.sample.since.astimezone(zone):%Y-%m-%d}",
                f"{each.sample.until.astimezone(zone):%Y-%m-%d %H:%M}",
                round(each.sample.share * 100),
                each.sample.seed,
                each.calls,
                each.reviewed,
            ]
            for each in samples(s)
        ]
    return hand_out(wanted, "samples", [text.zh(column) for column in COLUMNS], rows, f"samples as {kind}")


@desk.post("/quality/samples", endpoint="draw")
def draw() -> AnyResponse | tuple[str, int]:
    """Draw calls of some days and give them to reviewers in turn. 400 with what is wrong."""
    zone, today = parts().zone, now().astimezone(parts().zone).date()
    first, last = day_of(request.form, "from", today - A_WEEK), day_of(request.form, "to", today)
    percent, seed = _number("share", 100), _number("seed", LARGEST_SEED)
    since, until = begin_of(first, zone), begin_of(last + timedelta(days=1), zone)
    with parts().archive.session() as s:
        chosen_judges = {user.id for user in judges(s)} & set(map(int, filter(str.isdecimal, _whom())))
        if percent is None or seed is None or first > last or not chosen_judges:
            return _page("sample.refused"), 400
        calls = judged_calls(s, since, until)
        drawn = sample([_candidate(call) for call in calls], percent / 100, seed)
        why = {call.call_id: _why(call) for call in calls if call.call_id in set(drawn)}
        if why:
            keep_sample(
                s, current_user.id, now(), since=since, until=until, share=percent / 100, seed=seed, chosen=why,
                calls=calls, reviewers=sorted(chosen_judges),
            )  # fmt: skip
    flash(parts().text.pair("sample.drawn" if why else "sample.empty", count=len(why), of=len(calls)))
    return redirect(url_for("samples.list"), 303)


def _candidate(call: JudgedCall) -> Candidate:
    return Candidate(call.call_id, str(call.agent_id or ""), call.fatal, call.dissatisfied, call.new_agent)


def _why(call: JudgedCall) -> str:
    if call.fatal:
        return "fatal"
    if call.dissatisfied:
        return "dissatisfied"
    return "new-agent" if call.new_agent else "share"


def _whom() -> list[str]:
    return [value for value in request.form.getlist("reviewer") if value.isascii() and len(value) < 10]


def _number(name: str, most: int) -> int | None:
    written = request.form.get(name, "").strip()
    known = written.isascii() and written.isdecimal() and len(written) < 10 and int(written) <= most
    return int(written) if known else None


def _page(trouble: str = "") -> str:
    today = now().astimezone(parts().zone).date()
    with parts().archive.reading() as s:
        drawn, people = samples(s), judges(s)
    return render_template(
        "quality_samples.html",
        samples=drawn,
        people=people,
        first=request.form.get("from", (today - A_WEEK).isoformat()),
        last=request.form.get("to", today.isoformat()),
        share=request.form.get("share", "5"),
        seed=request.form.get("seed", f"{today:%Y%m%d}"),
        zone=parts().zone,
        trouble=trouble,
        tab="samples",
    )
