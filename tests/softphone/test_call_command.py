"""`lianxin call` as a person uses it: the timeline, the JSON, and one line and exit code 2 for what fails."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile

from ivr.prompts.catalogue import Catalogue
from tests.telephony.phone import Phones

COMMAND = (sys.executable, "-m", "lianxin", "call")


@dataclass(frozen=True)
class Outcome:
    """What the command left behind."""

    code: int
    out: str
    err: str


async def lianxin_call(folder: Path, *arguments: str) -> Outcome:
    """Run the command in an empty folder, to its end."""
    command = await asyncio.create_subprocess_exec(
        *(*COMMAND, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "LIANXIN_VAR": str(folder / "var")},
    )
    out, err = await asyncio.wait_for(command.communicate(), 60)
    return Outcome(command.returncode or 0, out.decode(), err.decode())


async def test_a_call_by_plan_is_told_and_heard(phones: Phones, prompts: Catalogue, tmp_path: Path) -> None:
    answerer = await phones.listen()
    plan = f"1,wait:1.5,say,#,say:{prompts.audio('menu.to-voicemail')},wait:0.6,hangup"
    calling = asyncio.create_task(
        lianxin_call(
            tmp_path,
            *("--to", answerer.addresses["udp"], "--press", plan),
            *("--say", str(prompts.audio("message.nothing-heard")), "--listen", "heard.wav"),
        )
    )
    await answerer.answered(limit=20)
    await answerer.hears("message.nothing-heard")
    await answerer.hears("menu.to-voicemail")
    assert (await answerer.ended()).by == "them"
    assert answerer.keys == "1#"
    outcome = await calling
    assert (outcome.code, outcome.err) == (0, "")
    told = [line.partition(" s  ")[2] for line in outcome.out.splitlines()[:-1]]
    assert told == [
        f"calling {answerer.addresses['udp']}",
        *(
            "ringing",
            "answered",
            "pressed 1",
            "saying message.nothing-heard.wav",
            "said message.nothing-heard.wav",
            "pressed #",
        ),
        *("saying menu.to-voicemail.wav", "said menu.to-voicemail.wav", "hung up by us"),
    ]
    assert outcome.out.splitlines()[-1].endswith(" s on the line; heard in heard.wav")
    heard = soundfile.info(tmp_path / "heard.wav")
    assert (heard.samplerate, heard.channels, heard.subtype) == (8000, 1, "PCM_16")
    assert heard.duration > 4


async def test_the_other_side_hangs_up_and_json_says_so(phones: Phones, tmp_path: Path) -> None:
    answerer = await phones.listen()
    calling = asyncio.create_task(
        lianxin_call(tmp_path, "--to", answerer.addresses["tcp"], "--json", "--press", "wait:60")
    )
    await answerer.answered(limit=20)
    await answerer.hang_up()
    outcome = await calling
    assert outcome.code == 0
    report = json.loads(outcome.out)
    assert report["hung_up_by"] == "them"
    assert report["heard"] is None
    assert report["seconds"] < 10
    assert [event["event"] for event in report["events"]][-1] == "disconnected"


async def test_the_caller_hangs_up_in_time(phones: Phones, tmp_path: Path) -> None:
    answerer = await phones.listen()
    outcome = await lianxin_call(tmp_path, "--to", answerer.addresses["udp"], "--hang-up-after", "0.7", "--json")
    report = json.loads(outcome.out)
    assert report["hung_up_by"] == "us"
    assert 0.5 < report["seconds"] < 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "the hotline"], '"the hotline" is not a SIP address; write it like sip:95598@127.0.0.1:5060'),
        (["--press", "1,dance"], 'step 2 of the plan, "dance": not a step; there are keys'),
        (["--press", "say"], 'step 1 of the plan, "say": it needs a file'),
        (["--to", "sip:x@127.0.0.1:9", "--say", "gone.wav"], "gone.wav: there is no such file"),
        (["--to", "sip:x@127.0.0.1:9", "--say", "letter.txt"], "letter.txt: this is no audio that can be read"),
        (
            ["--to", "sip:x@127.0.0.1:9", "--listen", "gone/heard.wav"],
            "heard.wav: what is heard cannot be written there",
        ),
        ([], "no password of the trial phone there; start the hotline first (lianxin up)"),
        (
            ["--to", "sip:x@127.0.0.1:1;transport=tcp"],
            "(Connection refused); is the hotline up there? (lianxin doctor)",
        ),
        (["--to", "sip:x@nowhere.invalid"], "nobody answers at sip:x@nowhere.invalid (no such host)"),
    ],
)
async def test_what_cannot_be_called_is_said_in_one_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear hotline, our lamp is dark.\n" * 50)
    outcome = await lianxin_call(tmp_path, *arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert outcome.err.count("\n") == 1


async def test_nobody_answers_within_the_limit(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))  # a port on which nobody speaks SIP
        address = f"sip:95598@127.0.0.1:{taken.getsockname()[1]}"
        outcome = await lianxin_call(tmp_path, "--to", address)
    assert outcome.code == 2
    assert f"nobody answers at {address} (no reply within 5 s)" in outcome.err


async def test_a_refusal_says_status_and_reason(phones: Phones, tmp_path: Path) -> None:
    answerer = await phones.listen(code=486)
    outcome = await lianxin_call(tmp_path, "--to", answerer.addresses["udp"])
    assert outcome.code == 2
    assert (
        f"{answerer.addresses['udp']} refused the call: 486 Busy Here; try again when the line is free" in outcome.err
    )


async def test_without_pjsua2_the_mend_is_said(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from importlib.machinery import PathFinder\n"
        "find = PathFinder.find_spec\n"
        "PathFinder.find_spec = lambda name, *more: None if name == 'pjsua2' else find(name, *more)\n"
    )
    command = await asyncio.create_subprocess_exec(
        *(*COMMAND, "--to", "sip:x@127.0.0.1:9"),
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    _, err = await asyncio.wait_for(command.communicate(), 60)
    assert command.returncode == 2
    assert err.decode().endswith("the softphone is not installed; pip install 'lianxin-hotline[softphone]'\n")
