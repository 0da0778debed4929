"""`lianxin token`, `lianxin hook` and `lianxin user forget-codes`, as the person at the terminal sees them."""

import os
import sys
from datetime import UTC, datetime

import pytest

from lianxin.cli import main
from recordings import users
from recordings.second_factor import begin
from recordings.tables import Hook, Token


@pytest.fixture
def lianxin(archive, tmp_path, monkeypatch, capsys):
    """Run the command in this process; gives its exit code and what it said."""
    monkeypatch.setenv("LIANXIN_VAR", str(tmp_path))
    monkeypatch.setenv("LIANXIN_SETTINGS", os.devnull)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lianxin", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_a_token_is_made_shown_once_listed_and_revoked(lianxin, archive) -> None:
    code, out, _ = lianxin("token", "make", "outage map", "--user", "li", "--scope", "calls", "--days", "30")
    assert code == 0
    text = out.strip().rpartition(" ")[2]
    assert text.startswith("lianxin_1_")
    listed = lianxin("token", "list")[1]
    assert "outage map" in listed
    assert text not in listed
    assert lianxin("token", "revoke", "1")[0] == 0
    assert "revoked" in lianxin("token", "list")[1]
    with archive.reading() as s:
        assert s.get_one(Token, 1).revoked_at is not None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("token", "make", "x", "--user", "li", "--scope", "everything"), "everything"),
        (("token", "make", "x", "--user", "nobody", "--scope", "calls"), "nobody"),
        (("token", "revoke", "7"), "no token 7"),
        (("hook", "add", "ftp://x", "--event", "call.ended"), "ftp://x"),
        (("hook", "add", "https://x.example", "--event", "call.sung"), "call.sung"),
        (("hook", "remove", "7"), "no hook 7"),
        (("hook", "retry", "7"), "no hook 7"),
        (("user", "forget-codes", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_is_one_line_that_names_it(lianxin, words, named) -> None:
    code, out, err = lianxin(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_a_hook_is_added_listed_and_removed(lianxin, archive) -> None:
    said = lianxin("hook", "add", "http://crm.example/x", "--event", "call.ended")[1]
    assert "whsec_" in said
    assert "can be read on the way" in said
    assert "http://crm.example/x" in lianxin("hook", "list")[1]
    assert lianxin("hook", "remove", "1")[0] == 0
    assert "crm.example" not in lianxin("hook", "list")[1]
    with archive.reading() as s:
        assert s.get_one(Hook, 1).removed_at is not None


def test_who_lost_the_telephone_signs_in_with_the_password_again(lianxin, archive) -> None:
    assert "had set up no codes" in lianxin("user", "forget-codes", "li")[1]
    with archive.session() as s:
        begin(s, users.known_user(s, "li"), datetime.now(UTC))
    assert "with the password alone" in lianxin("user", "forget-codes", "li")[1]
    with archive.reading() as s:
        assert users.known_user(s, "li").second_factor is None
