"""Tokens of the API: made for one program, in the name of one user; kept as hashes only."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.errors import TokenRefused, TokenUnknown
from recordings.tables import Audit, Token
from recordings.users import known_user

PREFIX = "lianxin"
NAME_LENGTH = 60
SEEN_AGAIN = timedelta(hours=1)
"""How exactly it is noted when a token was last used: not every question shall write."""


def make_token(
    s: Session, *, name: str, user: str, scopes: Collection[str], at: datetime, lasts: timedelta
) -> tuple[Token, str]:
    """A new token and, for this one time, its text: 256 random bits. Raises UserUnknown and TokenRefused."""
    name, owner = name.strip(), known_user(s, user)
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise TokenRefused(f"a token's name has 1 to {NAME_LENGTH} printable characters; choose another")
    if not scopes:
        raise TokenRefused(f"token {name} would open nothing; give it a scope")
    token = Token(name=name, hash="", user_id=owner.id, scopes=" ".join(sorted(set(scopes))), made_at=at)
    token.expires_at = at + lasts
    s.add(token)
    s.flush()
    text = f"{PREFIX}_{token.id}_{secrets.token_urlsafe(32)}"
    token.hash = sha256(text.encode()).hexdigest()
    s.add(Audit(at=at, action="token-made", target=f"{token.id} {name} for {owner.name}"[:80]))
    return token, text


def token_of(s: Session, text: str, at: datetime) -> Token | None:
    """The token of that text; None for none, one that has expired or was revoked, and one of a disabled user."""
    prefix, _, rest = text.partition("_")
    number, _, secret = rest.partition("_")
    if prefix != PREFIX or not (number.isascii() and number.isdecimal() and len(number) < 10 and secret):
        return None
    token = s.get(Token, int(number))
    if token is None or not secrets.compare_digest(token.hash, sha256(text.encode()).hexdigest()):
        return None
    return None if token.revoked_at or token.expires_at <= at or token.user.disabled else token


def revoke_token(s: Session, number: int, at: datetime) -> Token:
    """End a token at once. Raises TokenUnknown."""
    token = s.get(Token, number)
    if token is None:
        raise TokenUnknown(f"there is no token {number}; `lianxin token list` shows those there are")
    if token.revoked_at is None:
        token.revoked_at = at
        s.add(Audit(at=at, action="token-revoked", target=f"{token.id} {token.name}"[:80]))
    return token


def all_tokens(s: Session) -> Sequence[Token]:
    """Every token that was ever made, oldest first."""
    return s.scalars(select(Token).order_by(Token.id)).all()
