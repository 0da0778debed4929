"""Who is signed in, as flask-login wants to know it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.tables import User
from web.session.rights import may

SHIFT = timedelta(hours=12)
"""How long a session lasts from signing in, however busy it is: a long shift, not a week."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    id: int
    name: str
    role: str
    must_change_password: bool
    stamp: str
    """Changes with the password and with the count of ended sessions, so that either ends every session before it."""
    signed_in: int
    """Seconds since 1970."""
    districts: frozenset[str] = frozenset()
    """Keys of the districts that this person works for; none for all."""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def may(self, right: str) -> bool:
        """Whether this person has a right of `web.session.rights`."""
        return may(self.role, right)

    def get_id(self) -> str:
        """What the cookie keeps: the id, the stamp, and since when."""
        return f"{self.id}.{self.stamp}.{self.signed_in}"


def person_of(user: User, signed_in: int) -> Person:
    """The person that a row stands for, signed in since then."""
    stamp = sha256(f"{user.password_hash}.{user.sessions_ended}".encode()).hexdigest()[:16]
    districts = frozenset(limit.district for limit in user.districts)
    return Person(user.id, user.name, user.role, user.must_change_password, stamp, signed_in, districts)


def person_by_cookie(s: Session, kept: str, at: datetime) -> Person | None:
    """The person whose cookie kept this; None for who may not sign in, a session that was ended, or one too old."""
    number, _, rest = kept.partition(".")
    stamp, _, since = rest.partition(".")
    if not number.isdecimal() or not since.isdecimal() or at.timestamp() - int(since) >= SHIFT.total_seconds():
        return None
    user = s.scalar(select(User).where(User.id == int(number)))
    if user is None or user.disabled:
        return None
    person = person_of(user, int(since))
    return person if person.stamp == stamp else None
