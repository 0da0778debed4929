"""Who may sign in, and the proof that it is they. Passwords are kept as Argon2id hashes only."""

import secrets
from collections.abc import Collection
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recordings.errors import PasswordTooShort, UserExists, UserRefused, UserUnknown
from recordings.tables import Audit, District, User, UserDistrict

ROLES = ("agent", "qa", "supervisor", "admin")
FIRST_ADMIN = "admin"
PASSWORD_LENGTH = 10
"""Fewest characters of a password."""
NAME_LENGTH = 60
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""For passwords that are read from a screen: nothing that looks like something else."""


@cache
def _nobody() -> str:
    """A hash to check when there is no such user: refusing an unknown name takes as long as a wrong password."""
    return PasswordHasher().hash("nobody")


def one_time_password() -> str:
    """A password of 14 characters, some 81 bits, for a person to type once."""
    return "".join(secrets.choice(ALPHABET) for _ in range(14))


def add_user(
    s: Session, *, name: str, password: str, at: datetime, role: str = "agent", must_change_password: bool = False
) -> User:
    """Let somebody sign in. Raises UserExists, UserRefused and PasswordTooShort."""
    name = name.strip()
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise UserRefused(f"a user's name has 1 to {NAME_LENGTH} printable characters; choose another")
    if role not in ROLES:
        raise UserRefused(f"there is no role {role!r}; choose one of {', '.join(ROLES)}")
    if user_by_name(s, name) is not None:
        raise UserExists(f"there is a user {name} already; choose another name")
    user = User(name=name, role=role, password_hash="", created_at=at)
    set_password(user, password, must_change=must_change_password)
    s.add(user)
    s.flush()
    return user


def user_by_name(s: Session, name: str) -> User | None:
    """Who signs in by that name."""
    return s.scalars(select(User).where(User.name == name.strip())).first()


def known_user(s: Session, name: str) -> User:
    """The same for somebody who must be there. Raises UserUnknown."""
    user = user_by_name(s, name)
    if user is None:
        raise UserUnknown(f"there is no user {name.strip()}; `lianxin user list` shows those there are")
    return user


def verify_password(user: User | None, password: str) -> bool:
    """Whether it is that user's password. False for nobody and for the disabled, after the same work."""
    try:
        right = PasswordHasher().verify(user.password_hash if user else _nobody(), password)
        return right and user is not None and not user.disabled
    except (VerificationError, InvalidHashError):
        return False


def set_password(user: User, password: str, *, must_change: bool = False) -> None:
    """Give a user another password. Raises PasswordTooShort."""
    if len(password) < PASSWORD_LENGTH:
        raise PasswordTooShort(f"the password has {len(password)} characters; take at least {PASSWORD_LENGTH}")
    user.password_hash = PasswordHasher().hash(password)
    user.must_change_password = must_change


def end_sessions(user: User) -> None:
    """Sign a user out wherever the user is signed in."""
    user.sessions_ended += 1


def reset_password(s: Session, name: str, at: datetime) -> str:
    """Give a user a one-time password instead of a forgotten one and end the sessions. Raises UserUnknown."""
    user, password = known_user(s, name), one_time_password()
    set_password(user, password, must_change=True)
    end_sessions(user)
    s.add(Audit(at=at, action="password-reset", target=user.name))
    return password


def disable_user(s: Session, name: str, at: datetime) -> User:
    """Let a user sign in no more, and sign the user out at once. Raises UserUnknown."""
    user = known_user(s, name)
    user.disabled = True
    end_sessions(user)
    s.add(Audit(at=at, action="user-disabled", target=user.name))
    return user


def enable_user(s: Session, name: str, at: datetime) -> User:
    """Let a disabled user sign in again, with the password of before. Raises UserUnknown."""
    user = known_user(s, name)
    user.disabled = False
    s.add(Audit(at=at, action="user-enabled", target=user.name))
    return user


def set_role(s: Session, name: str, role: str, at: datetime) -> User:
    """Give a user another role. Raises UserUnknown and UserRefused."""
    user = known_user(s, name)
    if role not in ROLES:
        raise UserRefused(f"there is no role {role!r}; choose one of {', '.join(ROLES)}")
    if user.role != role:
        user.role = role
        s.add(Audit(at=at, action=f"role-{role}", target=user.name))
    return user


def set_districts(s: Session, name: str, districts: Collection[str], at: datetime) -> User:
    """Limit a user to districts, by key; none stands for all of them. Raises UserUnknown and UserRefused."""
    user, known = known_user(s, name), set(s.scalars(select(District.key)))
    if strange := sorted(set(districts) - known):
        raise UserRefused(f"there is no district {strange[0]!r}; choose from {', '.join(sorted(known))}")
    if {limit.district for limit in user.districts} != set(districts):
        user.districts = [UserDistrict(district=key) for key in sorted(set(districts))]
        s.add(Audit(at=at, action="districts", target=f"{user.name}: {' '.join(sorted(set(districts))) or 'all'}"[:80]))
    return user


def make_first_admin(s: Session, at: datetime) -> str | None:
    """Make the user 'admin' when there is no user at all; give its one-time password, to be shown once."""
    if s.scalar(select(func.count()).select_from(User)):
        return None
    password = one_time_password()
    add_user(s, name=FIRST_ADMIN, password=password, role="admin", must_change_password=True, at=at)
    return password
