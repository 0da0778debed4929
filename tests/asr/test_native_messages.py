import os

import pytest

from asr.native_messages import native_messages


def test_native_lines_are_caught_and_others_are_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with native_messages() as said:
        os.write(
            2, b"LOG (VoskAPI:Model():model.cc:1) Loading\nsomebody else's line\nERROR (VoskAPI:Read():a.cc:2) no\n"
        )
    assert said.lines == ["LOG (VoskAPI:Model():model.cc:1) Loading", "ERROR (VoskAPI:Read():a.cc:2) no"]
    assert said.reason == "no"
    assert capfd.readouterr().err == "somebody else's line\n"


def test_the_screen_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), native_messages():
        _ = 1 / 0
    os.write(2, b"still here\n")
    assert capfd.readouterr().err == "still here\n"


def test_a_library_that_gave_up_has_nothing_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with native_messages() as said:
        os.write(2, b"Options:\n  --beam : Decoding beam\n")
        said.gave_up = True
    assert said.lines == ["Options:", "--beam : Decoding beam"]
    assert capfd.readouterr().err == ""
