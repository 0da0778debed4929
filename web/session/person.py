"""Who is signed in, as flask-login wants to know it."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.tables import User


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in."""

    id: int
    name: str
    role: str
    must_change_password: bool
    stamp: str
    """Changes with the password, so that a new password ends every session of the old one."""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie keeps: the id and the stamp."""
        return f"{self.id}.{self.stamp}"


def person_of(user: User) -> Person:
    """The person that a row stands for."""
    stamp = sha256(user.password_hash.encode()).hexdigest()[:16]
    return Person(user.id, user.name, user.role, user.must_change_password, stamp)


def person_by_cookie(s: Session, kept: str) -> Person | None:
    """The person whose cookie kept this id and stamp; None when the user is gone or the password is another."""
    number, _, stamp = kept.partition(".")
    user = s.scalar(select(User).where(User.id == int(number))) if number.isdecimal() else None
    person = person_of(user) if user else None
    return person if person and person.stamp == stamp else None
