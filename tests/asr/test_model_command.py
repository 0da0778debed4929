import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from asr.installing import sha256_of
from asr.model_folder import look_into
from asr.models import TRIAL_MODEL

Run = Callable[..., Any]
NAME = "vosk-model-test-0.1"


def test_the_list_shows_all_models_and_the_one_in_use(lianxin: Run) -> None:
    said = lianxin("model", "list")
    assert said.code == 0
    trial, small, large = said.out.splitlines()[:3]
    assert trial.startswith("* lianxin-trial")
    assert "TRIAL" in trial
    assert "8000 Hz" in trial
    assert small.startswith("  vosk-model-small-cn-0.22")
    assert "42 MB" in small
    assert large.startswith("  vosk-model-cn-0.22")
    assert "1300 MB" in large


def test_a_model_can_be_installed_listed_and_used(
    lianxin: Run, shop: Any, model_zip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.body = model_zip.read_bytes()
    said = lianxin("model", "install", shop.url(), "--sha256", sha256_of(model_zip))
    assert said.code == 0
    assert f"Installed {NAME} in var/models/{NAME}." in said.out
    assert f"LIANXIN_ASR__MODEL={NAME}" in said.out
    assert f"  {NAME}" in lianxin("model", "list").out
    monkeypatch.setenv("LIANXIN_ASR__MODEL", NAME)
    assert f"* {NAME}" in lianxin("model", "list").out
    speech = Path(__file__).parent / "audio" / "waiting.wav"
    assert lianxin("transcribe", speech).err == f"model: {NAME}\n"


def test_an_installed_model_is_not_fetched_again(lianxin: Run, shop: Any, model_zip: Path) -> None:
    assert lianxin("model", "install", model_zip, "--yes").code == 0
    assert "is installed already" in lianxin("model", "install", shop.url()).out
    assert shop.asked == []
    shop.body = model_zip.read_bytes()
    assert "Installed" in lianxin("model", "install", shop.url(), "--yes", "--again").out


def test_without_a_known_checksum_it_says_so_and_does_nothing(lianxin: Run, shop: Any) -> None:
    said = lianxin("model", "install", shop.url())
    assert said.code == 2
    assert "--yes" in said.err
    assert shop.asked == []


def test_a_model_that_nobody_could_verify_shows_what_came(lianxin: Run, model_zip: Path) -> None:
    said = lianxin("model", "install", model_zip, "--yes")
    assert f"The sha-256 of what came is {sha256_of(model_zip)}" in said.out


def test_a_broken_line_is_one_line_and_the_next_run_goes_on(lianxin: Run, shop: Any, model_zip: Path) -> None:
    shop.body, shop.breaks = model_zip.read_bytes(), [6_000_000, 0]
    checksum = sha256_of(model_zip)
    said = lianxin("model", "install", shop.url(), "--sha256", checksum)
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "6.0 MB are kept, the same command goes on from there" in said.err
    assert lianxin("model", "install", shop.url(), "--sha256", checksum).code == 0
    assert shop.asked[-1]["range"] == "bytes=6000000-"


def test_a_model_of_the_settings_that_is_gone_is_told(lianxin: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANXIN_ASR__MODEL", "gone")
    assert "! gone: no model of that name is installed" in lianxin("model", "list").out


def test_a_broken_model_folder_is_told(lianxin: Run, tmp_path: Path) -> None:
    (tmp_path / "var" / "models" / "half").mkdir(parents=True)
    assert "! var/models/half: no usable Vosk model" in lianxin("model", "list").out


def test_an_unknown_name_is_one_line(lianxin: Run) -> None:
    said = lianxin("model", "install", "vosk-model-klingon")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "lianxin model list" in said.err


@pytest.mark.parametrize("command", [("transcribe",), ("model", "list"), ("model", "install")])
def test_help_shows_an_example(lianxin: Run, command: tuple[str, ...]) -> None:
    assert "Example: lianxin " + " ".join(command) in lianxin(*command, "--help").out


def test_an_unpacked_model_is_installed_and_listed_by_its_folders_name(lianxin: Run, tmp_path: Path) -> None:
    shutil.copytree(TRIAL_MODEL, tmp_path / "our-model")
    said = lianxin("model", "install", "our-model")
    assert (said.code, "Installed our-model" in said.out) == (0, True)
    assert "our-model" in lianxin("model", "list").out
    assert "says of itself: lianxin-trial-2.1" in lianxin("model", "list").out
    assert (tmp_path / "our-model" / "am" / "final.mdl").is_file()


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"   "])
def test_a_trial_mark_that_cannot_be_read_is_a_mark_all_the_same(tmp_path: Path, mark: bytes) -> None:
    model = tmp_path / "marked"
    shutil.copytree(TRIAL_MODEL, model)
    (model / "TRIAL").write_bytes(mark)
    found = look_into(model)
    assert found.trial
    assert found.name
    assert found.name.isprintable()


def test_an_empty_folder_is_told(lianxin: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    said = lianxin("model", "install", "nothing")
    assert (said.code, "no usable Vosk model" in said.err, said.err.count("\n")) == (2, True, 1)
