"""What is heard is kept masked: no word of personal data lies open in the database, and its seconds are known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import select

from recordings import stages, users
from recordings.archive import Archive
from recordings.fact_words import say_fact
from recordings.facts import facts_of_call
from recordings.originals import count_unmasked, hidden_in, originals_of_call
from recordings.sealing import Seal
from recordings.sound_sealing import count_lying_open
from recordings.tables import Correction, Listed, Original, Recording, Transcript, Triage, Turn, TurnCorrection
from recordings.turn_texts import correct_turn
from triage.verdict import Verdict
from worker.attempt import attempt
from worker.masking import HeardTurn, mask
from worker.masking_archive import mask_archive
from worker.pipeline import work_through
from worker.tools import Tools

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SAID = "家里停电了我叫王建国手机幺三八零零幺三八零零零快来"


def words(text: str, start: float = 0.0) -> list[dict[str, object]]:
    return [{"word": sign, "start": start + n * 0.5, "end": start + n * 0.5 + 0.4} for n, sign in enumerate(text)]


def everything(var: Path) -> bytes:
    """All bytes that lie in the var folder, but for the sound."""
    return b"".join(file.read_bytes() for file in var.rglob("*") if file.is_file() and file.suffix != ".wav")


def test_labels_stand_for_the_data_and_their_seconds_are_noted() -> None:
    masked = mask([HeardTurn(0, 4, words("手机幺三八零零")), HeardTurn(5, 9, words("幺三八零零零快来", 5))])
    assert masked.text == "手机〔手机〕，〔手机〕快来"
    (hidden,) = masked.hidden
    assert hidden["kind"] == "mobile"
    assert (round(hidden["start"], 2), round(hidden["end"], 2)) == (0.92, 7.98)
    assert "".join(word["word"] for turn in masked.turns for word in turn.words) == "手机〔手机〕〔手机〕快来"


def test_nothing_masked_lies_open_after_the_pipeline(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], var: Path
) -> None:
    seal = Seal(Fernet.generate_key().decode())
    recording = recorded("one")
    work_through(tools(lambda: SAID, seal=seal), recording)
    with archive.reading() as s:
        assert "〔手机〕" in s.scalars(select(Transcript.text)).one()
        assert "〔姓名〕" in s.scalars(select(Listed.said)).one()
        assert hidden_in(s, recording)
        ((_, original),) = originals_of_call(s, "call-one")
        assert seal.open(original.sealed)["text"].count("王建国") >= 1
    archive.close()
    lying_open = everything(var).decode("utf-8", "replace")
    for words_said in ("王建国", "幺三八零零", "三八零零零", "13800138000"):
        assert words_said not in lying_open


def test_an_older_archive_is_masked_and_what_is_done_stays_done(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], var: Path
) -> None:
    for name in ("one", "two"):
        work_through(tools(lambda: SAID), recorded(name))
    with archive.session() as s:
        li, turn = users.add_user(s, name="li", password="x" * 12, at=NOON).id, s.scalars(select(Turn.id)).first()
        assert turn
        correct_turn(s, "call-one", turn, li, "我叫王建国手机13800138000", NOON)
        say_fact(s, "call-one", li, "time", "打13800138000", "打13800138000", NOON, new=True)
    with archive.reading() as s:
        assert count_unmasked(s) == 2
    seal = Seal(Fernet.generate_key().decode())
    assert mask_archive(archive, seal) == 2
    assert mask_archive(archive, seal) == 0
    archive.rewrite()
    with archive.reading() as s:
        assert count_unmasked(s) == 0
        for verdict in s.scalars(select(Triage)):
            text = s.get_one(Transcript, verdict.transcript_id).text
            assert all(text[each["start"] : each["end"]] == each["text"] for each in verdict.evidence)
        assert s.scalars(select(Original)).all()
        assert not [turn for turn in s.scalars(select(Turn)) if "三八" in str(turn.words)]
        assert [fix.after for fix in s.scalars(select(TurnCorrection))] == ["我叫〔姓名〕手机〔手机〕"]
        assert [(word.before, word.after) for word in s.scalars(select(Correction))] == [("打〔手机〕", "打〔手机〕")]
    archive.close()
    assert "王建国" not in everything(var).decode("utf-8", "replace")
    assert "\\u738b\\u5efa\\u56fd" not in everything(var).decode("utf-8", "replace")


def test_facts_are_kept_with_their_second_and_without_personal_data(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str]
) -> None:
    seal = Seal(Fernet.generate_key().decode())
    work_through(tools(lambda: "停电两个小时了手机幺三八零零幺三八零零零给我回个电话", seal=seal), recorded("one"))
    with archive.reading() as s:
        facts = {fact.kind: fact for fact in facts_of_call(s, "call-one")}
    assert facts["failed"].value == "停电"
    assert facts["duration"].value == "120"
    assert facts["mobile"].text == "〔手机〕"
    assert "call-back" in facts
    assert all(fact.second is not None for fact in facts.values())


def test_what_one_side_told_is_masked_in_the_others_words_too_whoever_is_heard_first(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], var: Path
) -> None:
    seal = Seal(Fernet.generate_key().decode())
    caller, agent = "我叫王建国住在阳光花园三号楼停电两个小时了", "知道了王建国是吧马上派人"
    for call, order in (("a", ("caller", "agent")), ("b", ("agent", "caller"))):
        for side in ("caller", "agent"):
            recorded(f"{call}-{side}", side=side)
        with archive.session() as s:
            s.get_one(Recording, f"{call}-agent").leg.call_id = f"call-{call}-caller"
        for side in order:
            heard = caller if side == "caller" else agent
            work_through(tools(lambda heard=heard: heard, seal=seal), f"{call}-{side}")
        with archive.reading() as s:
            texts = {row[0]: row[1] for row in s.execute(select(Transcript.recording_id, Transcript.text))}
            assert texts[f"{call}-agent"] == "知道了〔姓名〕是吧马上派人"
            assert "〔姓名〕" in texts[f"{call}-caller"]
            kinds = [fact.kind for fact in facts_of_call(s, f"call-{call}-caller")]
            assert kinds.count("duration") == 1
            assert kinds.count("name") == 2
            words = [word["word"] for turn in s.scalars(select(Turn)) for word in turn.words]
            assert not [word for word in words if "王建国" in word or "阳光" in word]
            assert count_lying_open(s) == 0


def test_facts_of_what_was_set_aside_and_taken_up_again_stand_once(
    archive: Archive, tools: Callable[..., Tools], recorded: Callable[..., str], clock
) -> None:
    class Broken:
        def classify(self, text: str) -> Verdict:
            raise RuntimeError("out of order")

    seal = Seal(Fernet.generate_key().decode())
    mine = tools(lambda: "王建国是吧停电两个小时了", seal=seal)
    recorded("caller", side="caller")
    recorded("agent", side="agent")
    with archive.session() as s:
        s.get_one(Recording, "agent").leg.call_id = "call-caller"
    for _ in range(3):
        attempt(replace(mine, classifier=Broken()), "caller")
        clock.later(3600)
    work_through(tools(lambda: "我叫王建国马上派人", seal=seal), "agent")
    with archive.session() as s:
        assert s.get_one(Recording, "caller").stage == stages.SET_ASIDE
        assert stages.take_up_again(s, "caller", clock())
    work_through(mine, "caller")
    with archive.reading() as s:
        kinds = [fact.kind for fact in facts_of_call(s, "call-caller")]
    assert kinds.count("duration") == 1
