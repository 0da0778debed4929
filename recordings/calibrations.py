"""The same calls before several reviewers: who has marked which, and how."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recordings.errors import CalibrationUnknown, ReviewRefused
from recordings.judgements import newest_score
from recordings.one_line import one_line
from recordings.reviews import Marks, agent_of_call, keep_review
from recordings.tables import Calibration, CalibrationCall, CalibrationReviewer, Review

LONGEST = 60
"""Characters of a calibration's name."""


def open_calibration(
    s: Session, user_id: int, name: str, calls: Collection[str], reviewers: Collection[int], at: datetime
) -> Calibration:
    """Put calls before reviewers. Raises ReviewRefused without a name, a call, or two reviewers."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST:
        raise ReviewRefused(f"a calibration has a name of 1 to {LONGEST} characters; this one has {len(name)}")
    if not calls or len(set(reviewers)) < 2:
        raise ReviewRefused("a calibration needs a call that was judged and two reviewers; choose other days, or more")
    calibration = Calibration(
        made_at=at,
        user_id=user_id,
        name=name,
        calls=[CalibrationCall(call_id=call_id) for call_id in sorted(set(calls))],
        reviewers=[CalibrationReviewer(user_id=each) for each in sorted(set(reviewers))],
    )
    s.add(calibration)
    s.flush()
    return calibration


def calibrations(s: Session, most: int = 50) -> Sequence[Calibration]:
    """The newest ones, with their calls and reviewers."""
    loading = selectinload(Calibration.calls), selectinload(Calibration.reviewers)
    return s.scalars(select(Calibration).options(*loading).order_by(Calibration.id.desc()).limit(most)).all()


def calibration_of(s: Session, calibration_id: int) -> Calibration:
    """One of them. Raises CalibrationUnknown."""
    loading = (
        selectinload(Calibration.calls),
        selectinload(Calibration.reviewers).joinedload(CalibrationReviewer.user),
    )
    found = s.scalars(select(Calibration).where(Calibration.id == calibration_id).options(*loading)).first()
    if found is None:
        raise CalibrationUnknown(f"there is no calibration {calibration_id}; open it from the list")
    return found


def reviews_in(s: Session, calibration_id: int) -> Mapping[tuple[str, int], Review]:
    """The newest marks in it, by call and reviewer."""
    wanted = select(Review).where(Review.calibration_id == calibration_id).options(
        selectinload(Review.marks), joinedload(Review.reviewer)
    )  # fmt: skip
    return {(review.call_id, review.reviewer_id): review for review in s.scalars(wanted.order_by(Review.id))}


def write_calibrating(
    s: Session, calibration_id: int, call_id: str, reviewer_id: int, marks: Marks, at: datetime
) -> Review:
    """Keep a reviewer's marks in a calibration; they count for nobody's score.

    Raises CalibrationUnknown, and ReviewRefused when call or person are not of it or marked it already: whoever has
    seen the others' marks would agree with them.
    """
    found = calibration_of(s, calibration_id)
    of_it = call_id in {call.call_id for call in found.calls}
    score = newest_score(s, call_id)
    if not of_it or score is None or reviewer_id not in {who.user_id for who in found.reviewers}:
        raise ReviewRefused(f"call {call_id} is not for you to mark in calibration {calibration_id}")
    if (call_id, reviewer_id) in reviews_in(s, calibration_id):
        raise ReviewRefused(f"you have marked call {call_id} in calibration {calibration_id} already")
    return keep_review(
        s,
        call_id,
        reviewer_id,
        marks,
        at,
        score_id=score.id,
        agent_id=agent_of_call(s, call_id),
        calibration_id=calibration_id,
    )
