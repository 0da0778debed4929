"""Who takes calls and who judges them, for the lists that one chooses from."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.tables import User
from web.session.rights import Right, may


def staff(s: Session) -> Sequence[User]:
    """Everybody who may sign in, by name."""
    return s.scalars(select(User).where(User.disabled.is_(False)).order_by(User.name)).all()


def judges(s: Session) -> Sequence[User]:
    """Those of them who judge calls."""
    return [user for user in staff(s) if may(user.role, Right.JUDGE)]
