"""Secrets that are needed as they are, and so cannot be hashed: sealed in the database, each for its own row.

The key lies outside (`recordings.sealing`). A session knows it when its archive was opened with one; without, as in an
archive from before, a secret stays readable as it is, until `seal_secrets` is called in a session that knows the key.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recordings.errors import SealBroken
from recordings.sealing import Seal
from recordings.tables import Hook, SecondFactor

VAULT = "lianxin.vault"
"""Where a session keeps what gives the seal; it is asked when there is something to seal or to open."""
SEALED = "sealed:"
"""How a sealed secret begins. No secret of ours does: they are base 32, or begin with whsec_."""
Vault = Callable[[], Seal]
Kept = TypeVar("Kept", SecondFactor, Hook)


def kept(s: Session, secret: str, about: str) -> str:
    """A secret as the database is to hold it, for the row that `about` names."""
    vault: Vault | None = s.info.get(VAULT)
    return secret if vault is None else SEALED + b64encode(vault().close_bytes(secret.encode(), about)).decode()


def opened(s: Session, held: str, about: str) -> str:
    """The secret of that row. Raises SealBroken."""
    if not held.startswith(SEALED):
        return held
    vault: Vault | None = s.info.get(VAULT)
    if vault is None:
        raise SealBroken(f"the secret of {about} is sealed; open the archive with its key")
    return vault().open_bytes(b64decode(held.removeprefix(SEALED)), about).decode()


def of_factor(factor: SecondFactor) -> str:
    """What the secret of a second factor is sealed for."""
    return f"second-factor:{factor.user_id}"


def of_hook(hook: Hook) -> str:
    """What the secret of a web hook is sealed for."""
    return f"hook:{hook.id}"


def try_secrets(s: Session) -> int:
    """Open the newest sealed secret of each kind; how many there were. Raises SealBroken."""
    factor = s.scalars(_sealed(SecondFactor).order_by(SecondFactor.user_id.desc())).first()
    hook = s.scalars(_sealed(Hook).order_by(Hook.id.desc())).first()
    if factor is not None:
        opened(s, factor.secret, of_factor(factor))
    if hook is not None:
        opened(s, hook.secret, of_hook(hook))
    return (factor is not None) + (hook is not None)


def _sealed(kind: type[Kept]) -> Select[Kept]:
    return select(kind).where(kind.secret.like(f"{SEALED}%"))


def seal_secrets(s: Session) -> int:
    """Seal the secrets that lie open from before; how many."""
    factors = s.scalars(select(SecondFactor).where(SecondFactor.secret.not_like(f"{SEALED}%"))).all()
    hooks = s.scalars(select(Hook).where(Hook.secret.not_like(f"{SEALED}%"))).all()
    for factor in factors:
        factor.secret = kept(s, factor.secret, of_factor(factor))
    for hook in hooks:
        hook.secret = kept(s, hook.secret, of_hook(hook))
    return len(factors) + len(hooks)
