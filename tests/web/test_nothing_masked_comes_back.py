"""Whatever is masked comes back nowhere: through the whole pipeline, on pages, in files, to programs, in the log."""

import io
import logging
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from asr.transcript import Passage, Word
from quality.rulebook import Rulebook
from recordings import hooks, ledger, users
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.sealing import Seal
from recordings.tables import Call, HookDelivery, Turn
from tests.triage.privacy.numbers_said import CUES, NUMBERS, WAYS, said
from tests.web.conftest import Agent, Program, tone
from triage.classifier import Classifier
from web.live import bell, stream
from worker.attempt import attempt
from worker.tools import Tools

NAMES = ["王建国", "欧阳丽", "郑成", "宋玉兰"]
PLACES = ["阳光花园三号楼二单元", "建设路九十六号", "石桥村四组九号"]
RULES = Path(__file__).parents[2] / "config" / "quality"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Ear:
    """Hears what it is told, one word a character, a fifth of a second each."""

    name, sample_rate, trial = "ear", 8000, True

    def __init__(self, text: str) -> None:
        self._text = [sign for sign in text if sign.isalnum()]

    def hear(self, samples: object) -> Passage:
        return Passage(tuple(Word(sign, 0.2 * n, 0.2 * n + 0.19, 0.9) for n, sign in enumerate(self._text)))


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.trained()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, by us and by libraries."""
    written = io.StringIO()
    before = structlog.get_config()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    structlog.configure(**before)


@pytest.fixture
def console(someone: Callable[[], Agent], archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """A supervisor's, for lists may be taken away there; live events come with what there is."""
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    monkeypatch.setattr(bell, "EVERY", 0.0)
    with archive.session() as s:
        users.known_user(s, "li").role = "supervisor"
        hooks.add_hook(s, url="https://crm.example/", events=["call.transcribed", "finding.fatal"], at=NOON)
    li = someone()
    li.signs_in()
    return li


def call_in(archive: Archive, folder: Path, call_id: str, sides: dict[str, str]) -> list[tuple[str, str]]:
    """A call of two legs; gives each recording with what is said in it."""
    with archive.session() as s:
        ledger.open_call(s, call_id=call_id, channel_id=call_id, node="main", caller="", line="95598", at=NOON)
        for side in sides:
            ledger.request_recording(s, call_id=call_id, side=side, recording_id=f"{call_id}-{side}", at=NOON)
        ledger.open_case(s, call_id=call_id, flow="repair", at=NOON)
        ledger.close_call(s, call_id, "reported", NOON + timedelta(seconds=20))
    for side in sides:
        file = folder / f"{call_id}-{side}.wav"
        file.write_bytes(tone(12))
        take_in(archive, f"{call_id}-{side}", file, NOON)
    return [(f"{call_id}-{side}", text) for side, text in sides.items()]


@given(
    kind=st.sampled_from(sorted(NUMBERS)), way=WAYS, name=st.sampled_from(NAMES), place=st.sampled_from(PLACES),
    agent_first=st.booleans(), data=st.data(),
)  # fmt: skip
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_masked_comes_back_anywhere(
    kind, way, name, place, agent_first, data, console, program, archive, classifier, tmp_path, log, app
) -> None:
    number = data.draw(NUMBERS[kind])
    spoken = "".join(sign for sign in said(number, way) if sign.isalnum())
    caller = f"我叫{name}住在{place}停电两个小时了{CUES[kind]}{spoken}快来"
    agent = f"您好{name}是吧{place}马上去号码{spoken}您邻居的手机是一三九一二三四五六七八"
    with archive.reading() as s:
        call_id = f"call{len(s.scalars(select(Call.id)).all())}"
    seal = Seal(Fernet.generate_key().decode())
    app.extensions["lianxin"] = replace(app.extensions["lianxin"], seal=seal)
    legs = call_in(archive, tmp_path, call_id, {"caller": caller, "agent": agent})
    for recording, text in reversed(legs) if agent_first else legs:
        attempt(Tools(archive, Ear(text), classifier, rulebook=Rulebook.of_folder(RULES), seal=seal), recording)
    with archive.reading() as s:
        turn = s.scalars(select(Turn.id).order_by(Turn.id.desc()).limit(1)).one()
    page = f"/calls/{call_id}"
    console.sends(f"{page}/turns/{turn}/text", page=page, text=f"这是{name}说的他那里{place}停电两个小时")
    console.sends(f"{page}/facts", page=page, fact="failed", text=f"{name}家停电")
    console.sends(f"{page}/notes", page=page, text=f"{name}，{place}，{spoken}，找他儿子打 021-5566778")
    shown = everything_of(console, program(), call_id, archive) | {"log": log.getvalue()}
    assert "家停电" in shown["page"]
    assert "两个小时" in shown["page"]
    assert "找他儿子打 021-5566778" in shown["page"], "what nobody said in the call is kept as it was written"
    assert "〔姓名〕" in shown["csv"]
    assert call_id in shown["found"]
    for secret in (name, place, spoken, spoken[1:-1], number, "九一二三四五六"):
        assert [where for where, text in shown.items() if secret in text] == [], (secret, caller, agent)
        found = console.sees(f"/calls?q={secret}").replace(f'value="{secret}"', "")
        assert f"/calls/{call_id}" not in found, (secret, "is found by searching")


def everything_of(console: Agent, program: Program, call_id: str, archive: Archive) -> dict[str, str]:
    """What anybody sees, takes away or is told of a call."""
    sheet = zipfile.ZipFile(io.BytesIO(console.client.get("/calls/export.xlsx").data))
    with archive.reading() as s:
        told = [str(delivery.data) for delivery in s.scalars(select(HookDelivery))]
    return {
        "page": console.sees(f"/calls/{call_id}"),
        "list": console.sees("/calls"),
        "found": console.sees("/calls?q=停电"),
        "csv": console.client.get("/calls/export.csv").data.decode(),
        "xlsx": "".join(sheet.read(part).decode() for part in sheet.namelist()),
        "cases": console.sees("/cases?view=all"),
        "report": console.sees("/reports?day=2026-03-02"),
        "api": str(program.asks(f"/calls/{call_id}")) + str(program.asks("/calls")),
        "live": console.client.get("/live", headers={"Last-Event-ID": "0"}).text,
        "hooks": "".join(told),
    }
