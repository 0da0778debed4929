import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from asr.errors import AsrError, ModelMissing, ModelUnusable
from asr.model_folder import look_into, sample_rate
from asr.models import TRIAL_MODEL, TRIAL_NAME, installed_models, resolve_model
from asr.vosk_engine import VoskEngine

Break = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A models folder with one good model, "town", and one that is none, "rubbish"."""
    shutil.copytree(TRIAL_MODEL, tmp_path / "models" / "town")
    (tmp_path / "models" / "town" / "TRIAL").unlink()
    (tmp_path / "models" / "rubbish").mkdir()
    (tmp_path / "models" / ".downloads").mkdir()
    return tmp_path / "models"


def test_the_embedded_model_says_that_it_is_for_trial(engine: VoskEngine) -> None:
    assert engine.name == f"{TRIAL_NAME}-2.1"  # with its version, for the transcripts
    assert engine.trial
    assert engine.sample_rate == 8000


def test_an_installed_model_goes_by_its_folder_and_is_no_trial(folder: Path) -> None:
    town = VoskEngine(resolve_model("town", folder))
    assert town.name == "town"
    assert not town.trial


def test_a_model_is_found_by_nothing_name_or_path(folder: Path, tmp_path: Path) -> None:
    assert resolve_model("", folder) == TRIAL_MODEL
    assert resolve_model(TRIAL_NAME, folder) == TRIAL_MODEL
    assert resolve_model(f"{TRIAL_NAME}-2.1", folder) == TRIAL_MODEL
    assert resolve_model("town", folder) == folder / "town"
    assert resolve_model(str(folder / "town"), tmp_path) == folder / "town"


def test_a_missing_model_names_the_command_that_installs_it(folder: Path) -> None:
    with pytest.raises(ModelMissing, match=r"vosk-model-cn-0\.22: .*lianxin model install vosk-model-cn-0\.22$"):
        resolve_model("vosk-model-cn-0.22", folder)
    with pytest.raises(ModelMissing, match=r"^nope: .*lianxin model install vosk-model-small-cn-0\.22$"):
        resolve_model("nope", folder)


def test_what_is_installed_is_listed_and_what_is_broken_says_so(folder: Path) -> None:
    broken, town = installed_models(folder)
    assert isinstance(broken, ModelUnusable)
    assert "rubbish" in str(broken)
    assert not isinstance(town, ModelUnusable)
    assert town.name == "town"
    assert list(installed_models(folder / "nowhere")) == []


def test_the_folder_around_a_model_says_where_the_model_is(folder: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"did you mean .*town"):
        look_into(folder)


def test_a_file_is_no_model(folder: Path) -> None:
    with pytest.raises(ModelUnusable, match="no folder"):
        resolve_model(str(folder / "town" / "am" / "final.mdl"), folder)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("--sample-frequency=8000\n", 8000),
        ("--use-energy=false\n  --sample-frequency=16000.0  # Hz\n", 16000),
        ("--num-mel-bins=40\n", 16000),
        ("# --sample-frequency=8000\n", 16000),
    ],
)
def test_the_rate_is_the_models_own_or_kaldis(tmp_path: Path, text: str, rate: int) -> None:
    (tmp_path / "mfcc.conf").write_text(text, "utf-8")
    assert sample_rate(tmp_path / "mfcc.conf") == rate


BROKEN: dict[str, Break] = {
    "no acoustic model": lambda model: (model / "am/final.mdl").unlink(),
    "empty acoustic model": lambda model: (model / "am/final.mdl").write_bytes(b""),
    "half an acoustic model": lambda model: (model / "am/final.mdl").write_bytes(
        (TRIAL_MODEL / "am/final.mdl").read_bytes()[:3_000_000]
    ),
    "text for an acoustic model": lambda model: (model / "am/final.mdl").write_text("hello"),
    "no graph": lambda model: shutil.rmtree(model / "graph"),
    "half a graph": lambda model: (model / "graph/HCLr.fst").write_bytes(
        (TRIAL_MODEL / "graph/HCLr.fst").read_bytes()[:100_000]
    ),
    "no grammar": lambda model: (model / "graph/Gr.fst").unlink(),
    "no features": lambda model: (model / "conf/mfcc.conf").unlink(),
    "no options": lambda model: (model / "conf/model.conf").unlink(),
    "unknown option": lambda model: (model / "conf/mfcc.conf").write_text("--bogus=1\n"),
    "other features": lambda model: (model / "conf/mfcc.conf").write_text("--num-ceps=13\n"),
    "no rate": lambda model: (model / "conf/mfcc.conf").write_text("--sample-frequency=0\n"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_model_is_one_line_with_a_mend(folder: Path, how: str, capfd: pytest.CaptureFixture[str]) -> None:
    BROKEN[how](folder / "town")
    with pytest.raises(ModelUnusable) as refused:
        VoskEngine(folder / "town")
    assert "town" in str(refused.value)
    assert "model install" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert capfd.readouterr() == ("", ""), "what the native library says must not reach the screen"


def test_every_error_has_a_name_of_its_own() -> None:
    names = [error.error_id for error in AsrError.__subclasses__()]
    assert len(set(names)) == len(names)
    assert AsrError.error_id not in names
