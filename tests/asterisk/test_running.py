"""Starting, stopping and losing a real Asterisk."""

import json
import os
import signal
import socket
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from lianxin.asterisk.errors import AsteriskNotUp, PortInUse, SettingUnfit
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.process import running_server
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.running import AsteriskServer
from lianxin.asterisk.status import look_at

pytestmark = pytest.mark.telephony


def info(server: AsteriskServer, password: str) -> httpx.Response:
    return httpx.get(f"{server.ari_url}/asterisk/info", auth=("lianxin", password), trust_env=False)


def pid_of(server: AsteriskServer) -> int:
    note = running_server(server.layout)
    assert note is not None
    return note.pid


def test_it_comes_up_with_a_clean_log_and_ari_answers_who_knows_the_password(server: AsteriskServer) -> None:
    server.start()
    assert server.running()
    assert info(server, server.ari_password).json()["system"]["version"].startswith(server.program.version)
    assert info(server, "wrong").status_code == 401
    log = (server.layout.log / "messages.log").read_text()
    assert log.startswith("[")
    for word in ("ERROR", "WARNING", "declined"):
        assert word not in log
    assert "Unable to load" not in (server.layout.log / "start.log").read_text()


def test_it_says_what_it_is_and_since_when(server: AsteriskServer) -> None:
    server.start()
    note = running_server(server.layout)
    assert note is not None
    assert note.ports == server.ports
    seen = look_at(server.layout, note)
    assert seen.version.startswith(server.program.version)
    assert seen.channels == 0
    assert seen.up_since.utcoffset() is not None


def test_stopped_it_is_gone_and_its_ports_are_free(server: AsteriskServer) -> None:
    server.start()
    pid = pid_of(server)
    assert server.stop(), "politely"
    assert not server.running()
    assert server.ports.in_use() == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert server.stop(), "stopping what does not run is no error"


def test_starting_twice_is_starting_once(server: AsteriskServer, program: AsteriskProgram, prompts: Path) -> None:
    server.start()
    pid = pid_of(server)
    server.start()
    assert pid_of(server) == pid
    other = AsteriskServer(program, server.layout.var, replace(server.ports, http=server.ports.http + 1), prompts)
    with pytest.raises(AsteriskNotUp, match="runs already, but on other ports"):
        other.start()
    assert pid_of(server) == pid


def test_killed_it_is_known_to_be_gone_and_starts_again(server: AsteriskServer, until: Callable[..., None]) -> None:
    server.start()
    kept = server.layout.recordings / "kept.wav"
    kept.write_bytes(b"what was recorded before")
    os.kill(pid_of(server), signal.SIGKILL)
    until(lambda: not server.running())
    server.start()
    assert info(server, server.ari_password).status_code == 200
    assert kept.exists()


def test_it_starts_again_at_once_although_a_sip_connection_was_cut(server: AsteriskServer) -> None:
    server.start()
    with socket.create_connection(("127.0.0.1", server.ports.sip)) as connection:
        connection.sendall(b"\r\n\r\n")
        server.stop()
        server.start()
    assert server.running()


def test_several_run_side_by_side(program: AsteriskProgram, prompts: Path, tmp_path: Path) -> None:
    with (
        AsteriskServer(program, tmp_path / "一", Ports.free(), prompts) as one,
        AsteriskServer(program, tmp_path / "with space", Ports.free(), prompts) as two,
        AsteriskServer(program, tmp_path / ("deep" * 20), Ports.free(), prompts) as three,
    ):
        assert len({pid_of(server) for server in (one, two, three)}) == 3
        assert info(two, two.ari_password).status_code == 200
        assert info(two, one.ari_password).status_code == 401
        control = three.layout.control
        assert stat.S_IMODE((control / "asterisk.ctl").stat().st_mode) == 0o600
    assert not one.running()
    assert not control.exists(), "nothing is left outside the folder"


@pytest.mark.parametrize(
    ("kind", "which", "setting"),
    [
        (socket.SOCK_DGRAM, "sip", "asterisk.sip_port (LIANXIN_ASTERISK__SIP_PORT)"),
        (socket.SOCK_STREAM, "sip", "asterisk.sip_port (LIANXIN_ASTERISK__SIP_PORT)"),
        (socket.SOCK_STREAM, "http", "asterisk.http_port (LIANXIN_ASTERISK__HTTP_PORT)"),
    ],
)
def test_a_port_in_use_is_named_with_its_setting(server: AsteriskServer, kind: int, which: str, setting: str) -> None:
    port = getattr(server.ports, which)
    with socket.socket(socket.AF_INET, kind) as occupant:
        occupant.bind(("127.0.0.1", port))
        if kind == socket.SOCK_STREAM:
            occupant.listen()
        with pytest.raises(PortInUse) as caught:
            server.start()
    assert f"Port {port} (" in str(caught.value)
    assert setting in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not server.running()


def test_an_address_of_another_machine_is_refused(program: AsteriskProgram, prompts: Path, tmp_path: Path) -> None:
    ports = replace(Ports.free(), sip_address="203.0.113.77")
    with pytest.raises(PortInUse, match=r"203.0.113.77 is not an address of this machine; set asterisk.sip_address"):
        AsteriskServer(program, tmp_path, ports, prompts).start()


def test_a_var_folder_that_can_not_be_written_is_named(program: AsteriskProgram, prompts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingUnfit, match=r"/file/.* can not be written \(Not a directory\); set var elsewhere"):
        AsteriskServer(program, tmp_path / "file" / "var", Ports.free(), prompts).start()


def test_one_that_ends_at_its_start_is_reported_with_its_last_word(
    server: AsteriskServer, program: AsteriskProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "modules"
    broken.mkdir()
    for module in program.modules.glob("*.so"):
        (broken / module.name).symlink_to(module)
    (broken / "app_stasis.so").unlink()
    (broken / "app_stasis.so").write_bytes(b"no module")
    server.program = replace(program, modules=broken)
    with pytest.raises(AsteriskNotUp, match=r"Asterisk ended at its start \(.*\); see .*/log") as caught:
        server.start()
    assert "\n" not in str(caught.value)
    assert not server.running()


def test_one_that_does_not_come_up_in_time_is_ended(server: AsteriskServer) -> None:
    with pytest.raises(AsteriskNotUp, match=r"was not up after 0 s"):
        server.start(limit=0)
    assert not server.running()
    assert server.ports.in_use() == []


def test_a_process_that_got_the_old_number_is_not_taken_for_asterisk(server: AsteriskServer) -> None:
    server.start()
    server.stop()
    ports = {"sip": 1, "http": 2, "rtp_start": 3, "rtp_end": 4}
    note = {"pid": os.getpid(), "version": "22.0", "prompts": "", "ports": ports}
    server.layout.note.write_text(json.dumps(note))
    assert not server.running()
    assert server.stop(), "and it is not ended either"


def test_a_note_that_was_cut_off_is_no_server(server: AsteriskServer) -> None:
    server.layout.make()
    for bad in ("", "{", "[]", '{"pid": 1}'):
        server.layout.note.write_text(bad)
        assert not server.running()
