"""Everything that the API does, in one table: routes and description follow from it."""

import json
from typing import cast

from flask import Blueprint, current_app
from flask_login import current_user
from werkzeug.wrappers import Response

from orders.states import CaseState
from recordings.call_state import CallState
from triage.verdict import Category
from web.api import calls, cases, reports
from web.api.description import BASE, describe
from web.api.operation import JSON, Asked, Operation
from web.api.pace import Pace
from web.api.shapes import CallInFull, Calls, Cases, CaseShape, Day, TokenShape
from web.calls.filters import LONGEST_SEARCH
from web.errors import TooFast
from web.live import pages as live
from web.session.rights import API

DAY_OF_YEAR = {"type": "string", "format": "date", "pattern": r"^2[01]\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])$"}
ID = {"type": "string", "maxLength": 32}
FILTERS = (
    Asked("category", "What they are about.", {"enum": [each.value for each in Category]}),
    Asked("day", "The day on which they began, in the utility's zone.", DAY_OF_YEAR),
    Asked("state", "How far they have come.", {"enum": [each.value for each in CallState]}),
    Asked("urgent", "1 for those that tell of danger.", {"enum": ["1"]}),
    Asked("unsure", "1 for those of which the machine was not sure, while nobody has spoken.", {"enum": ["1"]}),
    Asked("q", "Words, numbers, or pinyin; every one must be there.", {"type": "string", "maxLength": LONGEST_SEARCH}),
    Asked("after", "Only calls older than this one, as `older` of the page before named it.", ID),
    Asked("before", "Only calls newer than this one, as `newer` named it; `after` then counts for nothing.", ID),
)
OF_CASES = (
    Asked("state", "Where they stand.", {"enum": [each.value for each in CaseState]}),
    Asked("before", "Only older ones than this number.", {"type": "integer", "minimum": 1, "maximum": 999_999_999}),
)


AFTER = (
    Asked("after", "Begin after the event of this id; else from now on.", {"type": "integer", "minimum": 0,
           "maximum": 999_999_999_999_999}),
)  # fmt: skip


def who() -> TokenShape:
    """The token that asks."""
    return TokenShape(
        name=current_user.token_name,
        user=current_user.name,
        scopes=sorted(current_user.scopes),
        districts=sorted(current_user.districts),
    )


def description() -> Response:
    """This description."""
    return Response(json.dumps(describe(OPERATIONS), ensure_ascii=False), mimetype=JSON)


OPERATIONS = (
    Operation("description", "GET", "/openapi.json", "This description.", description, JSON),
    Operation("token", "GET", "/token", "What this token is for.", who, TokenShape),
    Operation("calls", "GET", "/calls", "Find calls, newest first.", calls.list_of_calls, Calls, None, FILTERS, True),
    Operation("call", "GET", "/calls/<call_id>", "One call, whole.", calls.one_call, CallInFull, may_miss=True),
    Operation(
        "recording", "GET", "/calls/<call_id>/recordings/<recording_id>.wav", "A recording's sound; ranges work.",
        calls.recording, "audio/wav", may_miss=True,
    ),
    Operation(
        "correct", "POST", "/calls/<call_id>/category", "Say what a call is about; the machine's answer is kept.",
        calls.correct, CallInFull, calls.CategoryBody, may_miss=True,
    ),
    Operation(
        "note", "POST", "/calls/<call_id>/notes", "Write a note beside a call, or on a moment of it.",
        calls.note, CallInFull, calls.NoteBody, may_miss=True,
    ),
    Operation("cases", "GET", "/cases", "Cases, newest first.", cases.list_of_cases, Cases, None, OF_CASES),
    Operation("case", "GET", "/cases/<int:number>", "One case.", cases.one_case, CaseShape, may_miss=True),
    Operation(
        "move", "POST", "/cases/<int:number>/state", "Move a case on.",
        cases.move, CaseShape, cases.MoveBody, may_miss=True, may_conflict=True,
    ),
    Operation("day", "GET", "/reports/<day>", "The figures of a day, YYYY-MM-DD.", reports.day, Day),
    Operation(
        "events", "GET", "/events", "What happens, as it happens: server-sent events. Ask again when it ends.",
        live.answer, "text/event-stream", asks=AFTER,
    ),
)  # fmt: skip

desk = Blueprint(API, __name__, url_prefix=BASE)
for _each in OPERATIONS:
    desk.add_url_rule(_each.path, _each.name, _each.answer, methods=[_each.method])


@desk.before_request
def keep_pace() -> None:
    """Raises TooFast."""
    if current_user.is_authenticated:
        seconds = cast(Pace, current_app.extensions["lianxin.pace"]).wait(current_user.token)
        if seconds:
            raise TooFast(seconds)
