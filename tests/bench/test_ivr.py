"""Two callers on each side: what the benchmark counts is there, and what goes wrong is not counted as well."""

import asyncio
from pathlib import Path

import pytest

from lianxin.asterisk.installing import install_asterisk
from lianxin.bench import ivr
from lianxin.bench.hotline import BenchHotline
from lianxin.bench.script import Load
from lianxin.settings import Settings

pytestmark = pytest.mark.telephony


async def test_both_sides_serve_two_callers_and_a_wrong_number_is_a_failure(monkeypatch, tmp_path: Path) -> None:
    install_asterisk(Settings(), lambda stage, done, total: None)
    monkeypatch.setattr(ivr, "SPEAK", 1.5)
    monkeypatch.setattr("lianxin.bench.hotline.place_of", lambda settings: tmp_path / "bench")
    said: list[str] = []
    async with BenchHotline(Settings(), 8) as hotline:
        nobody = ivr.load_of(hotline, Load("no-such-number", 1, 0.1, 1.0))
        ours, dialplan, wrong = await asyncio.gather(
            *(ivr.put_on(hotline, side, 2, said.append) for side in ivr.SIDES), nobody
        )
    for step in (ours, dialplan):
        assert (step.failed, step.unaccounted, step.reasons) == (0, 0, ())
        assert 80 < step.stop_p95_ms < 2000
        assert -20 < step.first_audio_p95_ms < 2000
        assert step.cpu_s_per_call > 0
    assert ours.controller_cpu_s_per_call > 0
    assert dialplan.controller_cpu_s_per_call == 0
    assert len(said) == 2
    assert "404" in wrong["calls"][0]["failed"]
