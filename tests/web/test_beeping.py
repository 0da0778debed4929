"""People without the right hear a tone where personal data is said, and all else as it was."""

import io
from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import select

from recordings import users
from recordings.beeping import beeped, spans_of
from recordings.sealing import Seal
from recordings.tables import Audit, Original, StoredFact, Transcript
from recordings.wav import Wav, read_wav
from tests.web.conftest import NOON, PASSWORD


def wav(tmp_path: Path) -> tuple[Path, Wav]:
    """Three seconds of the sample 7."""
    plain = Wav(8000, 44, 3 * 16000, "")
    file = tmp_path / "seven.wav"
    file.write_bytes(plain.header() + array("h", [7] * 24000).tobytes())
    return file, read_wav(file)


def test_a_tone_stands_where_it_must_and_nowhere_else(tmp_path: Path) -> None:
    file, header = wav(tmp_path)
    whole = beeped(io.BytesIO(file.read_bytes()), header, spans_of(header, [(1.0, 1.5), (2.9, 9.0)])).read()
    assert len(whole) == file.stat().st_size
    samples = array("h", whole[44:])
    assert set(samples[:8000]) == {7}
    assert set(samples[12000:23200]) == {7}
    for tone in (samples[8000:12000], samples[23200:]):
        assert max(tone) > 2500
        assert 7 not in tone[1:50]
        rises = sum(a < 0 <= b for a, b in pairwise(tone))
        assert abs(rises / (len(tone) / 8000) - 1000) < 20


def test_every_piece_that_a_browser_asks_for_is_of_the_same_sound(tmp_path: Path) -> None:
    file, header = wav(tmp_path)
    sound = beeped(io.BytesIO(file.read_bytes()), header, spans_of(header, [(0.5, 2.0)]))
    whole = sound.read()
    for start, size in ((0, 50), (8043, 777), (8044, 1), (20001, 3), (32043, 99)):
        sound.seek(start)
        assert sound.read(size) == whole[start : start + size]


def test_who_has_no_right_hears_the_tone_and_who_has_it_reads_the_original(
    archive, exchange, someone, app, tmp_path
) -> None:
    call = exchange.call("手机〔手机〕", category="repair")
    seal = Seal(Fernet.generate_key().decode())
    app.extensions["lianxin"] = replace(app.extensions["lianxin"], seal=seal)
    sound = f"/calls/{call}/audio/rec0001.wav"
    li, qa = someone(), someone()
    with archive.session() as s:
        users.add_user(s, name="zhao", password=PASSWORD, at=NOON, role="qa")
    li.signs_in()
    qa.signs_in("zhao")
    assert "还没有遮住" in li.sees(sound, status=404)
    with archive.session() as s:
        transcript = s.scalars(select(Transcript)).one()
        kept = seal.close({"turns": [{"start": 0.5, "end": 2, "text": "手机幺三八零零"}]})
        hidden = [{"kind": "mobile", "start": 1.0, "end": 2.0}]
        s.add(Original(transcript_id=transcript.id, sealed=kept, hidden=hidden))
    beeped, plain = li.client.get(sound).data, qa.client.get(sound).data
    assert len(beeped) == len(plain)
    assert beeped[: 44 + 16000] == plain[: 44 + 16000]
    assert beeped[44 + 16000 : 44 + 32000] != plain[44 + 16000 : 44 + 32000]
    assert li.client.get(sound, headers={"Range": "bytes=20000-20009"}).data == beeped[20000:20010]
    assert "original" not in li.sees(f"/calls/{call}")
    li.sees(f"/calls/{call}/original", status=404)
    assert f"/calls/{call}/original" in qa.sees(f"/calls/{call}")
    assert "手机幺三八零零" in qa.sees(f"/calls/{call}/original")
    with archive.reading() as s:
        assert s.scalars(select(Audit).where(Audit.action == "original-read")).one().target == call


def test_the_owner_of_a_case_reads_and_hears_its_call_in_full_and_no_other_and_no_program_does(
    archive, exchange, someone, app, program
) -> None:
    mine, other = (exchange.call("手机〔手机〕", category="repair") for _ in range(2))
    seal = Seal(Fernet.generate_key().decode())
    app.extensions["lianxin"] = replace(app.extensions["lianxin"], seal=seal)
    with archive.session() as s:
        for transcript in s.scalars(select(Transcript)):
            kept = seal.close({"turns": [{"start": 0.5, "end": 2, "text": f"手机幺三八零零第{transcript.id}"}]})
            hidden = [{"kind": "mobile", "start": 1.0, "end": 2.0}]
            s.add(Original(transcript_id=transcript.id, sealed=kept, hidden=hidden))
    li = someone()
    li.signs_in()
    number = 100001
    sound = {call: f"/calls/{call}/audio/rec{call[4:]}.wav" for call in (mine, other)}
    beeped = li.client.get(sound[mine]).data
    li.sees(f"/calls/{mine}/original", status=404)
    li.sends(f"/cases/{number}/take", page="/cases")
    assert f"/calls/{mine}/original" in li.sees(f"/calls/{mine}")
    assert "手机幺三八零零第1" in li.sees(f"/calls/{mine}/original")
    assert li.client.get(sound[mine]).data != beeped
    assert li.client.get(sound[other]).data == beeped
    li.sees(f"/calls/{other}/original", status=404)
    assert f"/calls/{other}/original" not in li.sees(f"/calls/{other}")
    assert program().asks(f"/calls/{mine}/recordings/rec0001.wav").data == beeped
    with archive.reading() as s:
        noted = s.execute(select(Audit.action, Audit.target).where(Audit.action.like("original-%"))).all()
    assert [tuple(each) for each in noted] == [("original-read", mine), ("original-heard", "rec0001")]


def test_what_counts_stands_on_the_page_with_its_second(archive, exchange, agent) -> None:
    call = exchange.call("停电两个小时了", category="repair")
    with archive.session() as s:
        transcript = s.scalars(select(Transcript)).one()
        s.add(
            StoredFact(transcript_id=transcript.id, kind="duration", text="两个小时", value="120", start=2, second=1.5)
        )
    page = agent.sees(f"/calls/{call}")
    assert "要点" in page
    assert "两个小时" in page
    assert "#t=1.50" in page
