"""`lianxin asterisk …` as an engineer types it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.settings import Settings

pytestmark = pytest.mark.telephony
Lianxin = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def lianxin(program: AsteriskProgram, tmp_path: Path) -> Iterator[Lianxin]:
    """Runs the command in an empty folder whose settings name folders and ports of its own."""
    ports = Ports.free()
    var = tmp_path / "var"
    settings = f'var = "{var}"\n[asterisk]\nsip_address = "127.0.0.1"\nsip_port = {ports.sip}\n'
    settings += f"http_port = {ports.http}\nrtp_start = {ports.rtp_start}\nrtp_end = {ports.rtp_end}\n"
    settings += f'cache = "{Settings().asterisk.cache.expanduser().absolute()}"\n'
    (tmp_path / "lianxin.toml").write_text(settings)
    if program.fetched:  # the same one, without unpacking it again
        (var / "asterisk").mkdir(parents=True)
        (var / "asterisk" / "root").symlink_to(Path(program.command[-1]).parents[2])
    source = Path(__file__).parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
    environment["PYTHONPATH"] = str(source)

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "lianxin", "asterisk", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment | more, capture_output=True, text=True, timeout=60, check=False
        )

    yield run
    run("stop")


def test_from_nothing_to_running_and_back(lianxin: Lianxin) -> None:
    before = lianxin("status")
    assert before.returncode == 1
    assert "lianxin asterisk start" in before.stdout

    installed = lianxin("install")
    assert installed.returncode == 0, installed.stderr
    assert installed.stdout.startswith("Asterisk 2")

    started = lianxin("start")
    assert started.returncode == 0, started.stderr
    assert "takes calls on 127.0.0.1:" in started.stdout
    again = lianxin("start")
    assert (again.returncode, again.stdout) == (0, started.stdout)

    status = lianxin("status")
    assert status.returncode == 0, status.stderr
    rows = dict(line.split(maxsplit=1) for line in status.stdout.replace("up since", "since").splitlines())
    assert rows["channels"] == "0"
    assert rows["since"].endswith("Asia/Shanghai")
    assert rows["prompts"].endswith("zh")
    assert "UDP and TCP" in rows["SIP"]

    assert lianxin("stop").stdout == "Asterisk is stopped.\n"
    assert lianxin("status").returncode == 1
    assert lianxin("stop").returncode == 0


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [
        ("BINARY", "/nowhere/asterisk", "asterisk.binary names /nowhere/asterisk, which is not there"),
        ("SIP_PORT", "70000", "asterisk.sip_port = '70000': Input should be less than or equal to 65535"),
        ("SIP_ADDRESS", "localhost", "asterisk.sip_address is 'localhost'"),
        ("RTP_END", "1", "asterisk.rtp_end (1)"),
        ("TRUNK_ADDRESS", "a;b", "asterisk.trunk_address is 'a;b'"),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(
    lianxin: Lianxin, setting: str, value: str, complaint: str
) -> None:
    done = lianxin("start", **{f"LIANXIN_ASTERISK__{setting}": value})
    assert done.returncode == 2
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["install", "start", "stop", "status"])
def test_each_help_has_an_example(lianxin: Lianxin, command: str) -> None:
    assert f"Example: lianxin asterisk {command}" in lianxin(command, "--help").stdout
