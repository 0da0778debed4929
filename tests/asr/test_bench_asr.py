"""`lianxin bench asr` hears the same with both programs and gives every figure; how fast, is no test's business."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

AUDIO = Path(__file__).parent / "audio"


def test_both_hear_what_was_said_and_every_figure_is_there(tmp_path: Path, lianxin: Callable[..., Any]) -> None:
    truth = json.loads((AUDIO / "truth.json").read_text("utf-8"))
    (tmp_path / "calls").mkdir()
    lines = ["file\ttext"]
    for name in ("waiting.wav", "old-caller.wav"):
        shutil.copy(AUDIO / name, tmp_path / "calls")
        lines.append(f"{name}\t" + "".join(sentence["text"] for sentence in truth[name]["sentences"]))
    (tmp_path / "refs.tsv").write_text("\n".join(lines), "utf-8")
    said = lianxin(
        "bench", "asr", "--audio", tmp_path / "calls", "--references", tmp_path / "refs.tsv", "--rounds", "1", "--json"
    )
    assert said.code == 0, said.err
    figures = json.loads(said.out.splitlines()[-1])
    assert set(figures["ours"]) == {"audio_s_per_s", "rss_mb_1", "rss_mb_2", "cer"}
    assert set(figures["vosk_transcriber"]) == {"audio_s_per_s", "rss_mb", "cer"}
    assert figures["ours"]["cer"] < 0.05
    assert figures["vosk_transcriber"]["cer"] < 0.2
    assert figures["ours"]["audio_s_per_s"] > 1
    assert {"ratio", "scaling_2", "triage_share"} < set(figures)
    assert figures["resampling"]["cer_band_limited"] <= figures["resampling"]["cer_linear"]
