"""Attempts to reach a resident: begun, ended, tried again; and what the resident said."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.callback_rules import CallbackRules
from orders.callbacks import callback_by_id
from orders.cases import move_case
from orders.states import CaseState, next_states
from recordings.ledger import log_event, open_case
from recordings.tables import Callback, CallbackAttempt

REACHED = "answered"
"""The result after which nobody is called again."""
ANEW = {CaseState.RESTORED: CaseState.DISPATCHED, CaseState.DONE: CaseState.OPEN}
"""Where a case goes whose caller says that it is not solved."""


def begin_attempt(s: Session, attempt_id: str, node: str, rules: CallbackRules, now: datetime) -> Callback | None:
    """Take the callback that has waited longest and may be made now, and begin an attempt; None when there is none."""
    wanted = select(Callback).where(Callback.state == "waiting", Callback.due_at <= now)
    if rules.allowed(now) != now:
        wanted = wanted.where(Callback.at_any_hour)
    callback = s.scalars(wanted.order_by(Callback.due_at).limit(1).with_for_update(skip_locked=True)).first()
    if callback is None:
        return None
    callback.state, callback.node = "calling", node
    callback.attempts.append(CallbackAttempt(id=attempt_id, began_at=now))
    s.flush()
    return callback_by_id(s, callback.id)


def callback_of_attempt(s: Session, attempt_id: str) -> Callback | None:
    """The callback that an attempt belongs to, with its case and attempts."""
    attempt = s.get(CallbackAttempt, attempt_id)
    return callback_by_id(s, attempt.callback_id) if attempt else None


def attempt_answered(s: Session, attempt_id: str, call_id: str) -> None:
    """Somebody or something picked up: from now on it is a call like any other."""
    s.get_one(CallbackAttempt, attempt_id).call_id = call_id


def end_attempt(s: Session, attempt_id: str, result: str, rules: CallbackRules, now: datetime) -> None:
    """Note what came of an attempt, and when to try again. One that has ended stays as it is."""
    attempt = s.get_one(CallbackAttempt, attempt_id)
    if attempt.ended_at is not None:
        return
    attempt.ended_at, attempt.result = now, result
    callback = attempt.callback
    log_event(s, callback.case.call_id, "callback-tried", now, result=result)
    if result == REACHED:
        callback.state, callback.finished_at = "reached", now
    elif len(callback.attempts) >= rules.tries:
        callback.state, callback.finished_at = "given-up", now
    else:
        callback.state, callback.due_at = "waiting", now + rules.retry_after


def note_answer(s: Session, callback_id: int, call_id: str, answer: str, now: datetime) -> None:
    """Note what the resident said in our call: solved | not-solved | person | silent.

    Solved closes the case. Not solved takes it up anew; one that is closed for good is followed up by another case,
    which belongs to our call.
    """
    callback = callback_by_id(s, callback_id)
    callback.answer = answer
    case = callback.case
    state = CaseState(case.state)
    log_event(s, case.call_id, "callback-answered", now, answer=answer)
    if answer == "not-solved" and state is CaseState.CLOSED:
        open_case(s, call_id=call_id, flow=case.flow, at=now)
    to = {"solved": CaseState.CLOSED, "not-solved": ANEW.get(state)}.get(answer)
    if to is not None and to in next_states(state):
        move_case(s, case.number, to, now, by="callback")


def open_attempts(s: Session, node: str) -> Sequence[CallbackAttempt]:
    """Attempts of a node that nobody ended."""
    wanted = select(CallbackAttempt).join(Callback).where(Callback.node == node, CallbackAttempt.ended_at.is_(None))
    return s.scalars(wanted).all()
