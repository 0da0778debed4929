"""Secrets in the database: nobody who has it alone can use them, and those from before are sealed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pyotp import TOTP
from sqlalchemy import select

from recordings import hooks, ledger, second_factor, users
from recordings.archive import Archive
from recordings.errors import SealBroken
from recordings.sealing import Seal
from recordings.tables import Hook, HookDelivery, User
from recordings.vault import seal_secrets, try_secrets
from tests.recordings.test_migrations import downgrade


def opened(folder: Path, seal: Seal | None) -> Archive:
    vault = (lambda: seal) if seal else None
    return Archive.open(f"sqlite:///{folder}/lianxin.db", str(folder / "archive"), vault=vault)


def with_secrets(archive: Archive, at: datetime) -> tuple[str, str]:
    with archive.session() as s:
        user = users.add_user(s, name="lina", password="long-enough-1", at=at)
        factor = second_factor.begin(s, user, at)
        hook = hooks.add_hook(s, url="https://crm.example/", events=["call.ended"], at=at)
        return second_factor.secret_of(s, factor), hooks.secret_of(s, hook)


def read(archive: Archive) -> tuple[str, str]:
    with archive.reading() as s:
        user, hook = s.get_one(User, 1), s.get_one(Hook, 1)
        assert user.second_factor
        return second_factor.secret_of(s, user.second_factor), hooks.secret_of(s, hook)


def test_no_secret_lies_in_the_database_and_its_key_opens_them(tmp_path: Path, now: datetime) -> None:
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    secrets = with_secrets(archive, now)
    assert read(archive) == secrets
    archive.close()
    lying = b"".join(file.read_bytes() for file in tmp_path.glob("lianxin.db*"))
    assert not [secret for secret in secrets if secret.encode() in lying]
    for other in (None, Seal(Fernet.generate_key().decode())):
        stranger = opened(tmp_path, other)
        with pytest.raises(SealBroken):
            read(stranger)
        stranger.close()


def test_secrets_from_before_are_read_and_then_sealed_once(tmp_path: Path, now: datetime) -> None:
    before = opened(tmp_path, None)
    secrets = with_secrets(before, now)
    before.close()
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    assert read(archive) == secrets
    with archive.session() as s:
        assert (seal_secrets(s), seal_secrets(s)) == (2, 0)
        assert s.get_one(Hook, 1).secret.startswith("sealed:")
    assert read(archive) == secrets
    archive.close()


def test_whether_the_key_is_the_right_one_can_be_tried(tmp_path: Path, now: datetime) -> None:
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    with archive.reading() as s:
        assert try_secrets(s) == 0
    with_secrets(archive, now)
    with archive.reading() as s:
        assert try_secrets(s) == 2
    archive.close()
    stranger = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    with stranger.reading() as s, pytest.raises(SealBroken):
        try_secrets(s)
    stranger.close()


def test_with_another_key_the_telephones_code_opens_nothing_and_a_recovery_code_still_does(tmp_path, now) -> None:
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    secret, _ = with_secrets(archive, now)
    with archive.session() as s:
        recovery = second_factor.confirm(s, s.get_one(User, 1), TOTP(secret).at(now), now)
    archive.close()
    stranger = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    with stranger.session() as s:
        user = s.get_one(User, 1)
        assert not second_factor.passes(s, user, TOTP(secret).at(now + timedelta(seconds=60)), now)
        assert second_factor.passes(s, user, recovery[0], now)
    stranger.close()


def test_a_sealed_secret_opens_in_its_own_row_only(tmp_path: Path, now: datetime) -> None:
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    with_secrets(archive, now)
    with archive.session() as s:
        other = users.add_user(s, name="wang", password="long-enough-1", at=now)
        mine = second_factor.begin(s, other, now)
        hers = s.get_one(User, 1).second_factor
        assert hers
        hers.secret = mine.secret
        with pytest.raises(SealBroken, match="something else"):
            second_factor.secret_of(s, hers)
    archive.close()


def test_hooks_with_what_waits_for_them_and_factors_come_through_the_update(tmp_path: Path, now: datetime) -> None:
    before = opened(tmp_path, None)
    secrets = with_secrets(before, now)
    with before.session() as s:
        ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=now)
        ledger.close_call(s, "c", "reported", now)
    before.close()
    downgrade(tmp_path / "lianxin.db", "0021_facts").dispose()
    archive = opened(tmp_path, Seal(Fernet.generate_key().decode()))
    assert read(archive) == secrets
    with archive.reading() as s:
        assert [each.hook_id for each in s.scalars(select(HookDelivery))] == [1]
    archive.close()


def test_a_new_key_seals_and_the_old_one_beside_it_still_opens() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode().rstrip("=")
    before = Seal(old).close({"text": "停电"})
    both = Seal(f"{new}\n{old}\n")
    assert both.open(before) == {"text": "停电"}
    assert Seal(new).open(both.close({"text": "来电"})) == {"text": "来电"}
    with pytest.raises(SealBroken, match="as a further line"):
        Seal(new).open(before)
    for none in ("", "short", " \n"):
        with pytest.raises(SealBroken, match="is no key"):
            Seal(none)
