"""A model is run in long pieces, and neither its folder nor its errors show it."""

from pathlib import Path

import pytest

from asr.decoding_options import in_long_pieces
from asr.errors import ModelUnusable
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine


def test_only_the_length_of_the_pieces_is_added() -> None:
    before = (TRIAL_MODEL / "conf" / "model.conf").read_bytes()
    with in_long_pieces(TRIAL_MODEL) as view:
        assert (view / "conf" / "model.conf").read_bytes() == before.rstrip() + b"\n--frames-per-chunk=102\n"
        for part in ("am/final.mdl", "conf/mfcc.conf", "graph/Gr.fst", "graph/words.txt"):
            assert (view / part).read_bytes() == (TRIAL_MODEL / part).read_bytes()
    assert not view.exists()
    assert (TRIAL_MODEL / "conf" / "model.conf").read_bytes() == before


def test_a_model_that_knows_better_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "model.conf").write_text("--beam=10\n--frames-per-chunk=30\n")
    with in_long_pieces(tmp_path) as view:
        assert view == tmp_path
    with in_long_pieces(tmp_path / "conf") as view:
        assert view == tmp_path / "conf"


def test_what_is_wrong_with_a_model_is_said_with_its_own_name(tmp_path: Path) -> None:
    model = tmp_path / "broken-model"
    for path in TRIAL_MODEL.rglob("*"):
        if path.is_file():
            target = model / path.relative_to(TRIAL_MODEL)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path)
    (model / "conf" / "model.conf").unlink()
    (model / "conf" / "model.conf").write_text("--no-such-option=1\n")
    with pytest.raises(ModelUnusable) as refused:
        VoskEngine(model)
    assert "broken-model" in str(refused.value)
    assert "lianxin-model-" not in str(refused.value)
