"""Who is signed in, as flask-login wants to know it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recordings.tables import Token, User
from recordings.tokens import SEEN_AGAIN, token_of
from web.session.rights import ROUTES, allows, may, may_come

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
    has_factor: bool = False
    """Whether one-time codes are set up."""
    token: int | None = None
    """Number of the token with which a program works in this person's name."""
    token_name: str = ""
    scopes: frozenset[str] | None = None
    """What that token is for; None for the person."""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def may(self, right: str) -> bool:
        """Whether this person has a right of `web.session.rights`."""
        return may(self.role, right) and allows(self.scopes, right)

    def may_come(self, endpoint: str) -> bool:
        """Whether this person may come to an endpoint; to one that `web.session.rights` does not name, nobody may."""
        return may_come(self.role, endpoint) and allows(self.scopes, ROUTES[endpoint])

    def get_id(self) -> str:
        """What the cookie keeps: the id, the stamp, and since when."""
        return f"{self.id}.{self.stamp}.{self.signed_in}"


def person_of(user: User, signed_in: int) -> Person:
    """The person that a row stands for, signed in since then."""
    stamp = sha256(f"{user.password_hash}.{user.sessions_ended}".encode()).hexdigest()[:16]
    must_change = user.must_change_password
    has_factor = user.second_factor is not None and user.second_factor.confirmed_at is not None
    return Person(user.id, user.name, user.role, must_change, stamp, signed_in, _districts(user), has_factor)


def person_behind(token: Token) -> Person:
    """The person in whose name a program works: with the same role and districts, for what the token is for."""
    user, scopes = token.user, frozenset(token.scopes.split())
    return Person(user.id, user.name, user.role, False, "", 0, _districts(user), False, token.id, token.name, scopes)


def person_by_token(s: Session, header: str, at: datetime) -> tuple[Person | None, bool]:
    """Whom an Authorization header stands for, and whether its token was not seen for a while; None for nobody."""
    kind, _, text = header.partition(" ")
    token = token_of(s, text.strip(), at) if kind.lower() == "bearer" else None
    if token is None:
        return None, False
    return person_behind(token), token.used_at is None or at - token.used_at > SEEN_AGAIN


def _districts(user: User) -> frozenset[str]:
    return frozenset(limit.district for limit in user.districts)


def person_by_cookie(s: Session, kept: str, at: datetime) -> Person | None:
    """The person whose cookie kept this; None for who may not sign in, a session that was ended, or one too old."""
    number, _, rest = kept.partition(".")
    stamp, _, since = rest.partition(".")
    if not number.isdecimal() or not since.isdecimal() or at.timestamp() - int(since) >= SHIFT.total_seconds():
        return None
    user = s.scalars(select(User).where(User.id == int(number)).options(joinedload(User.districts))).unique().first()
    if user is None or user.disabled:
        return None
    person = person_of(user, int(since))
    return person if person.stamp == stamp else None
