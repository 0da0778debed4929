"""One-time codes from a telephone (TOTP, RFC 6238: six digits, 30 seconds), and codes for when it is lost."""

import secrets
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recordings.errors import SealBroken
from recordings.tables import Audit, RecoveryCode, SecondFactor, User
from recordings.vault import kept, of_factor, opened

STEP = 30
"""Seconds for which a code is shown."""
DRIFT = 1
"""Steps by which a telephone's clock may be off, either way."""
ISSUER = "Lianxin"
RECOVERY_CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of recovery codes, which are read from paper: nothing that looks like something else."""


def begin(s: Session, user: User, at: datetime) -> SecondFactor:
    """The user's factor to set up; one that was begun already goes on, for it may be scanned."""
    factor = user.second_factor
    if factor is None:
        factor = user.second_factor = SecondFactor(user_id=user.id, secret="", made_at=at)
        factor.secret = kept(s, pyotp.random_base32(), of_factor(factor))
        s.flush()
    return factor


def secret_of(s: Session, factor: SecondFactor) -> str:
    """What the telephone is to know, in base 32. Raises SealBroken."""
    return opened(s, factor.secret, of_factor(factor))


def address_of(secret: str, name: str) -> str:
    """What the telephone reads from the picture (otpauth://…)."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)


def confirm(s: Session, user: User, code: str, at: datetime) -> list[str]:
    """From now on the factor is asked for; gives the recovery codes, this one time. Empty for a wrong code."""
    factor = user.second_factor
    if factor is None or factor.confirmed_at is not None or not _takes(s, factor, code, at):
        return []
    factor.confirmed_at = at
    codes = ["".join(secrets.choice(SIGNS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    s.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    s.add_all(RecoveryCode(user_id=user.id, hash=_hash(each)) for each in codes)
    s.add(Audit(at=at, user_id=user.id, action="second-factor-set", target=user.name))
    return codes


def passes(s: Session, user: User, code: str, at: datetime) -> bool:
    """Whether it is the telephone's code of now, or a recovery code; either is good once."""
    code = "".join(code.split()).replace("-", "").lower()
    if user.second_factor is not None:
        s.refresh(user.second_factor, with_for_update=True)  # Sent twice at once it is taken once.
        with suppress(SealBroken):  # the recovery codes still open; `lianxin doctor` says what ails the key
            if _takes(s, user.second_factor, code, at):
                return True
    spare = select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.hash == _hash(code))
    found = s.scalars(spare.where(RecoveryCode.used_at.is_(None)).with_for_update()).first()
    if found is None:
        return False
    found.used_at = at
    s.add(Audit(at=at, user_id=user.id, action="recovery-code-used", target=user.name))
    return True


def remove(s: Session, user: User, at: datetime) -> bool:
    """Ask this user for the password alone from now on; False when there was nothing to remove."""
    if user.second_factor is None:
        return False
    user.second_factor = None
    s.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    s.add(Audit(at=at, action="second-factor-removed", target=user.name))
    return True


def _takes(s: Session, factor: SecondFactor, code: str, at: datetime) -> bool:
    """Whether a code of about now, younger than the last one; then it is used up."""
    maker, now = pyotp.TOTP(secret_of(s, factor), interval=STEP), int(at.timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        right = secrets.compare_digest(maker.at(step * STEP).encode(), code.encode())
        if right and step > factor.last_step:
            factor.last_step = step
            return True
    return False


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
