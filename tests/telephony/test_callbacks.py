"""Calling residents back, on real calls. One line for all of them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from ivr.prompts.catalogue import SHIPPED
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.running import AsteriskServer
from orders.cases import known_case, move_case
from orders.states import CaseState
from recordings import ledger
from recordings.tables import Call, Callback, CallbackAttempt
from tests.telephony.listening import digits
from tests.telephony.phone import Phone, Phones
from tests.telephony.quick_prompts import quick_prompts
from tests.telephony.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


class CallingBack(Stage):
    """A hotline that may call out, to addresses that are named."""

    def __init__(self, program: AsteriskProgram, folder: Path, phones: Phones) -> None:
        super().__init__(program, folder, phones)
        self.phones = phones
        self._asked: list[Asked] = []
        self.server = AsteriskServer(program, folder / "var", self.server.ports, quick_prompts(), outgoing=True)
        self.environment |= {
            "LIANXIN_CALLBACK__TRUNK": "trial",
            "LIANXIN_CALLBACK__CALLER_ID": "95598",
            "LIANXIN_CALLBACK__BEGIN": "00:00",
            "LIANXIN_CALLBACK__END": "00:00",
            "LIANXIN_CALLBACK__RING": "5",
            "LIANXIN_CALLBACK__TRIES": "1",
            "LIANXIN_CALLBACK__AT_ONCE": "4",
            "LIANXIN_CALLBACK__GREETING": "1.5",
        }

    def case(self, state: CaseState = CaseState.DONE) -> int:
        """A case of somebody who called an hour ago, and whose trouble is said to be over."""
        at = datetime.now(UTC) - timedelta(hours=1)
        call_id = f"earlier{at.timestamp():.6f}".replace(".", "")
        with self.archive.session() as s:
            ids = {"call_id": call_id, "channel_id": call_id}
            ledger.open_call(s, **ids, node="elsewhere", caller="13800000001", line="95598", at=at)
            number = ledger.open_case(s, call_id=call_id, flow="repair", at=at)
            ledger.close_call(s, call_id, "reported", at)
            if state is not CaseState.OPEN:
                move_case(s, number, state, at)
            return number

    async def calls_back(self, case: int, phone: Phone) -> "Asked":
        """Somebody types `lianxin callback`."""
        self._asked.append(Asked(await asyncio.create_subprocess_exec(
            sys.executable, "-m", "lianxin", "callback", str(case), "--to", phone.addresses["udp"],
            env={**os.environ, **self.environment}, cwd=self.folder,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )))  # fmt: skip
        return self._asked[-1]

    async def close(self) -> None:
        """End everything, also what a failed test no longer waited for."""
        for asked in self._asked:
            if asked.process.returncode is None:
                asked.process.kill()
                await asked.process.communicate()
        await super().close()

    def state(self, case: int) -> str:
        """How far a case has come."""
        with self.archive.reading() as s:
            return known_case(s, case).state

    def call_about(self, case: int) -> Call:
        """Our call to the resident of a case, with what belongs to it."""
        with self.archive.reading() as s:
            wanted = select(CallbackAttempt.call_id).join(Callback).where(Callback.case_number == case)
            call_id = s.scalars(wanted).one()
        return next(call for call in self.calls() if call.id == call_id)

    def callback(self, case: int) -> tuple[str, str, list[str]]:
        """The callback of a case: state, answer, results of its attempts."""
        with self.archive.reading() as s:
            found = s.scalars(select(Callback).where(Callback.case_number == case)).one()
            wanted = select(CallbackAttempt.result).where(CallbackAttempt.callback_id == found.id)
            return found.state, found.answer, list(s.scalars(wanted))


class Asked:
    """A `lianxin callback` that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def ends(self) -> tuple[int | None, str]:
        """Its exit code and what it said."""
        out, err = await asyncio.wait_for(self.process.communicate(), 60)
        return self.process.returncode, out.decode() + err.decode()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def line(program: AsteriskProgram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[CallingBack]:
    folder = tmp_path_factory.mktemp("callbacks")
    async with Phones(folder) as phones:
        stage = CallingBack(program, folder, phones)
        try:
            await stage.start()
            yield stage
        finally:
            await stage.close()


async def says_that_it_is_not_solved(line: CallingBack, speech: Path) -> None:
    case, resident = line.case(), await line.phones.listen(after=0.1)
    asked = await line.calls_back(case, resident)
    await resident.answered(limit=20)
    await resident.say(SHIPPED / "digit.5.wav")  # as short as a 喂
    await resident.hears("callback.hello", limit=20)
    await resident.begins_to_hear("callback.about")
    await resident.press("#")
    await resident.begins_to_hear("callback.solved")
    await resident.press("2")
    await resident.begins_to_hear("callback.describe")
    await resident.press("#")
    await resident.hears("tone.beep")
    await resident.say(speech)
    await resident.press("#")
    await resident.hears("callback.reopened")
    await resident.hears("goodbye")
    await resident.ended()
    assert (await asked.ends())[0] == 0
    assert line.callback(case) == ("reached", "not-solved", ["answered"])
    assert line.state(case) == "open", "the case is taken up anew"
    call = line.call_about(case)
    (recording,) = (recording for leg in call.legs for recording in leg.recordings)
    assert [(message.flow, message.ended_by) for message in recording.messages] == [("callback", "key")]
    assert call.cases == [], "the case is the one that was taken up anew"


async def goes_back_and_then_wants_a_person(line: CallingBack) -> None:
    case, resident = line.case(), await line.phones.listen(after=0.1)
    asked = await line.calls_back(case, resident)
    await resident.begins_to_hear("callback.hello", limit=30)
    await resident.press("*")
    await resident.begins_to_hear("callback.about")
    await resident.press("*")
    await resident.was_cut_off("callback.about")
    await resident.begins_to_hear("callback.about")
    await resident.press("0")
    await resident.begins_to_hear("voicemail.describe")
    await resident.hang_up()
    assert (await asked.ends())[0] == 0
    assert line.callback(case) == ("reached", "person", ["answered"])
    assert line.state(case) == "done", "nobody said that it is solved"


async def is_a_machine(line: CallingBack) -> None:
    case, machine = line.case(), await line.phones.listen(after=0.1)
    asked = await line.calls_back(case, machine)
    await machine.answered(limit=20)
    await machine.say(SHIPPED / "menu.nothing-heard.wav")
    await machine.hears("callback.machine", limit=20)
    assert (await machine.ended(limit=20)).by == "them"
    code, told = await asked.ends()
    assert (code, line.callback(case)) == (1, ("given-up", "", ["machine"])), told
    call = line.call_about(case)
    assert (call.outcome, call.legs) == ("machine", []), "a machine is not recorded"


async def was_taken_for_a_machine(line: CallingBack) -> None:
    case, resident = line.case(), await line.phones.listen(after=0.1)
    asked = await line.calls_back(case, resident)
    await resident.answered(limit=20)
    await resident.say(SHIPPED / "menu.nothing-heard.wav")
    await resident.begins_to_hear("callback.machine", limit=20)
    await resident.press("5")
    await resident.begins_to_hear("callback.hello")
    await resident.hang_up()
    assert (await asked.ends())[0] == 0
    assert line.callback(case) == ("reached", "", ["answered"])


async def is_not_reached(line: CallingBack, code: int, result: str) -> None:
    case, phone = line.case(), await line.phones.listen(code=code)
    ended, told = await (await line.calls_back(case, phone)).ends()
    assert (ended, line.callback(case)) == (1, ("given-up", "", [result])), told
    assert result in told


async def test_what_residents_say_is_written_down_and_machines_are_told_from_them(line: CallingBack, speech: Path):
    """Four at a time, as the setting at_once has it."""
    await asyncio.gather(
        says_that_it_is_not_solved(line, speech),
        goes_back_and_then_wants_a_person(line),
        is_a_machine(line),
        was_taken_for_a_machine(line),
    )
    await line.settled()


async def test_busy_refused_and_no_answer_are_told_apart(line: CallingBack):
    replies = {486: "busy", 603: "refused", 180: "no-answer", 404: "unreachable"}
    await asyncio.gather(*(is_not_reached(line, code, result) for code, result in replies.items()))


async def test_solved_closes_the_case_also_when_the_controller_dies_in_the_middle(line: CallingBack):
    case, resident = line.case(), await line.phones.listen(after=0.1)
    asked = await line.calls_back(case, resident)
    await resident.begins_to_hear("callback.about", limit=30)
    await line.kill_controller()
    await line.start_controller()
    await resident.hears_sentence("callback.about", *digits(case), limit=30)
    await resident.begins_to_hear("callback.solved", limit=20)
    await resident.press("1")
    await resident.was_cut_off("callback.solved")
    await resident.hears("callback.thanks")
    assert (await resident.ended()).by == "them"
    assert (await asked.ends())[0] == 0
    assert line.callback(case) == ("reached", "solved", ["answered"])
    assert line.state(case) == "closed"
    await line.settled()
    call = line.call_about(case)
    assert (call.direction, call.outcome, call.line) == ("out", "solved", "95598")
    assert "stored" in [recording.state for leg in call.legs for recording in leg.recordings]


async def test_a_number_is_not_called_in_a_trial(line: CallingBack):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lianxin", "callback", str(line.case()), env={**os.environ, **line.environment},
        cwd=line.folder, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, told = await process.communicate()
    assert process.returncode == 2
    assert "name a SIP address with --to" in told.decode()
