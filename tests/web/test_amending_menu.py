"""The admin changes what callers meet, sees it drawn first, and takes it back."""

import pytest
from sqlalchemy import select

from recordings.amendments import menu_said
from recordings.tables import Audit

PAGE = "/system/menu"
OTHER = 'first = "main"\n[menus.main]\nprompt = "menu.main"\n'


def said(archive) -> str | None:
    with archive.reading() as s:
        return menu_said(s)


def test_a_menu_is_drawn_before_it_is_saved(root, archive) -> None:
    drawn = root.sends("/system/menu", page=PAGE, text=OTHER.replace("\n", "\r\n"), reason="换季", **{"try": "1"}).text
    assert "还没有保存" in drawn
    assert "请说哪里停电" in drawn
    assert 'value="换季"' in drawn
    assert said(archive) is None


def test_a_menu_is_changed_for_the_next_callers_and_the_file_holds_again(root, archive) -> None:
    answer = root.sends("/system/menu", page=PAGE, text=OTHER.replace("\n", "\r\n"), reason="<b>换季</b>").text
    assert "下一通来电起用新的" in answer
    assert "&lt;b&gt;换季&lt;/b&gt;" in answer
    assert said(archive) == OTHER, "with the line ends of a file"
    assert "恢复成文件里的" in answer
    back = root.sends("/system/menu", page=PAGE, text=OTHER, back="1", reason="过季").text
    assert "恢复成文件里的" not in back
    assert said(archive) is None
    with archive.reading() as s:
        assert len(s.scalars(select(Audit.id).where(Audit.action == "amending.menu")).all()) == 2


@pytest.mark.parametrize(
    ("text", "reason", "shown"),
    [
        ("wrong = 1\n</textarea><script>", "x", "the menu of the console:1: wrong is no menu"),
        (OTHER, "  ", "还要写明原因"),
        ("wrong", "x" * 300, "没有改"),
    ],
)
def test_a_menu_that_cannot_be_used_changes_nothing_and_what_was_typed_stays(
    root, archive, text, reason, shown
) -> None:
    answer = root.sends("/system/menu", page=PAGE, text=text, reason=reason)
    assert answer.status_code == 400
    assert shown in answer.text
    assert text.splitlines()[0].replace('"', "&#34;") in answer.text
    assert "</textarea><script>" not in answer.text
    assert said(archive) is None


def test_a_menu_too_long_for_a_form_is_refused_by_a_sentence(root, archive) -> None:
    assert root.sends("/system/menu", page=PAGE, text="#" * 70_000, reason="x").status_code == 413
    assert said(archive) is None


def test_going_back_without_a_reason_changes_nothing_and_what_was_typed_stays(root, archive) -> None:
    root.sends("/system/menu", page=PAGE, text=OTHER, reason="换季")
    answer = root.sends("/system/menu", page=PAGE, text=OTHER + "# half a thought\n", back="1", reason=" ")
    assert answer.status_code == 400
    assert "# half a thought" in answer.text
    assert said(archive) == OTHER
