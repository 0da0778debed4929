"""Users, their passwords, and what they say instead of the machine."""

from datetime import datetime

import pytest
from sqlalchemy import select

from recordings import corrections, users
from recordings.archive import Archive
from recordings.errors import CallUnknown, PasswordTooShort, UserExists, UserRefused
from recordings.ledger import request_recording
from recordings.tables import Call, Transcript, Triage, User


def test_the_first_start_makes_an_admin_once(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        password = users.make_first_admin(s, now)
    assert password is not None
    with archive.session() as s:
        assert users.make_first_admin(s, now) is None
        admin = users.user_by_name(s, "admin")
        assert admin is not None
        assert (admin.role, admin.must_change_password) == ("admin", True)
        assert users.verify_password(admin, password)
        assert not users.verify_password(admin, password + "x")
        assert not users.verify_password(None, "nobody")
        assert password not in admin.password_hash


def test_a_changed_password_is_the_only_one(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        user = users.add_user(s, name=" 王芳 ", password="first-password", at=now, must_change_password=True)
        users.set_password(user, "second-password")
    with archive.reading() as s:
        kept = users.user_by_name(s, "王芳")
        assert kept is not None
        assert (kept.role, kept.must_change_password) == ("agent", False)
        assert users.verify_password(kept, "second-password")
        assert not users.verify_password(kept, "first-password")


def test_users_that_will_not_do_are_refused(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        users.add_user(s, name="lina", password="long-enough-1", at=now)
        with pytest.raises(UserExists, match="a user lina already"):
            users.add_user(s, name="lina", password="long-enough-2", at=now)
        with pytest.raises(PasswordTooShort, match="9 characters; take at least 10"):
            users.add_user(s, name="new", password="九个字的密码不够长", at=now)
        with pytest.raises(UserRefused, match="agent, qa, supervisor, admin"):
            users.add_user(s, name="new", password="long-enough-3", role="king", at=now)
        for name in ("  ", "x" * 61, "a\nb"):
            with pytest.raises(UserRefused, match="1 to 60 printable"):
                users.add_user(s, name=name, password="long-enough-4", at=now)


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not users.verify_password(User(name="x", password_hash="damaged"), "anything at all")


@pytest.fixture
def understood(archive: Archive, call: str, now: datetime) -> int:
    """A call that the machine took for billing; gives the id of a user."""
    with archive.session() as s:
        request_recording(s, call_id=call, side="caller", recording_id="rec-1", at=now)
        transcript = Transcript(recording_id="rec-1", model="m", made_at=now, text="电费")
        s.add(transcript)
        s.flush()
        for category in ("other", "billing"):
            s.add(
                Triage(
                    call_id=call,
                    transcript_id=transcript.id,
                    made_at=now,
                    category=category,
                    confidence=0.8,
                    urgency="normal",
                )
            )
            s.flush()
        return users.add_user(s, name="lina", password="long-enough-1", at=now).id


def current(archive: Archive) -> tuple[str, list[str]]:
    """The current category, read off the call and asked of the database."""
    with archive.reading() as s:
        call = s.get_one(Call, "call-1")
        in_sql = s.scalars(select(corrections.category_of_call())).all()
        return corrections.current_category(call), list(in_sql)


def test_a_call_that_nobody_understood_has_no_category(archive: Archive, call: str) -> None:
    assert current(archive) == ("", [""])


def test_the_newest_word_counts_and_the_machines_stays(archive: Archive, understood: int, now: datetime) -> None:
    assert current(archive) == ("billing", ["billing"])
    for category in ("complaint", "repair"):
        with archive.session() as s:
            corrections.correct_category(s, "call-1", understood, category, now)
    assert current(archive) == ("repair", ["repair"])
    with archive.reading() as s:
        call = s.get_one(Call, "call-1")
        assert [(c.before, c.after) for c in call.corrections] == [("billing", "complaint"), ("complaint", "repair")]
        assert [verdict.category for verdict in call.verdicts] == ["other", "billing"]
        assert [event.kind for event in call.events][-1] == "category-corrected"


def test_two_corrections_in_one_transaction_follow_each_other(archive: Archive, understood: int, now: datetime) -> None:
    with archive.session() as s:
        corrections.correct_category(s, "call-1", understood, "complaint", now)
        second = corrections.correct_category(s, "call-1", understood, "repair", now)
    assert second.before == "complaint"


def test_only_calls_in_the_books_are_corrected(archive: Archive, understood: int, now: datetime) -> None:
    with archive.session() as s, pytest.raises(CallUnknown):
        corrections.correct_category(s, "nobody", understood, "repair", now)
