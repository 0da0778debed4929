"""The configuration that is written for Asterisk."""

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from lianxin.asterisk.agents import drop_account, make_account
from lianxin.asterisk.configuration import TEMPLATES, Wiring, write_agents, write_configuration
from lianxin.asterisk.errors import AsteriskUnusable, PromptAbsent, SettingUnfit
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.settings import AsteriskSettings


@pytest.fixture
def wiring(prompts: Path) -> Wiring:
    return Wiring(Ports(5060, 8088, 10000, 10999, "0.0.0.0"), prompts)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "var")


def written(layout: Layout, name: str) -> str:
    """A file of the configuration without its comments."""
    lines = (layout.configuration / name).read_text().splitlines()
    return "\n".join(line for line in lines if line and not line.startswith(";"))


def test_the_templates_hold_no_secret_and_the_copies_are_their_owners_alone(
    program: AsteriskProgram, layout: Layout, wiring: Wiring
) -> None:
    write_configuration(program, layout, wiring)
    passwords = {name: (layout.secrets / name).read_text() for name in ("ari", "trial")}
    assert min(map(len, passwords.values())) >= 32
    assert passwords["ari"] != passwords["trial"]
    assert f"password = {passwords['ari']}" in written(layout, "ari.conf")
    assert f"password = {passwords['trial']}" in written(layout, "pjsip.conf")
    for path in [*layout.configuration.iterdir(), *layout.secrets.iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(layout.run.stat().st_mode) == 0o700
    for template in TEMPLATES.iterdir():
        assert re.findall(r"^password\s*=\s*(.*)$", template.read_text(), re.MULTILINE) in (
            [],
            ["{{ ari_password }}"],
            ["{{ trial_password }}"],
            ["{{ agent.password }}"],
        )


def test_passwords_stay_from_one_start_to_the_next(program: AsteriskProgram, layout: Layout, wiring: Wiring) -> None:
    write_configuration(program, layout, wiring)
    first = written(layout, "ari.conf")
    (layout.configuration / "leftover.conf").touch()
    write_configuration(program, layout, wiring)
    assert written(layout, "ari.conf") == first
    assert not (layout.configuration / "leftover.conf").exists()


def test_no_way_leads_out(program: AsteriskProgram, layout: Layout, wiring: Wiring) -> None:
    modules = write_configuration(program, layout, wiring)
    dialplan = written(layout, "extensions.conf")
    for word in ("Dial", "Originate", "System", "SHELL", "Transfer", "#exec"):
        assert word not in dialplan
    for module in ("app_dial.so", "app_originate.so", "app_system.so", "res_pjsip_refer.so", "res_agi.so"):
        assert module not in modules
    assert set(re.findall(r"^context\s*=\s*(\S+)", written(layout, "pjsip.conf"), re.MULTILINE)) == {"hotline"}
    assert "bindaddr = 127.0.0.1" in written(layout, "http.conf")


def test_an_agents_telephone_registers_and_can_dial_nothing(
    program: AsteriskProgram, layout: Layout, wiring: Wiring
) -> None:
    account = make_account(layout, "801")
    write_configuration(program, layout, wiring)
    telephones = written(layout, "agents.conf")
    assert f"password = {account.password}" in telephones
    assert re.findall(r"^context\s*=\s*(\S+)", telephones, re.MULTILINE) == ["agents"]
    ways = written(layout, "extensions.conf").partition("[agents]")[2].partition("[")[0]
    assert re.findall(r"exten => ([^,]+),", ways) == ["h"], "only what is done after a call"
    drop_account(layout, "801")
    write_agents(layout)
    assert account.password not in written(layout, "agents.conf")


def test_without_a_trunk_there_is_the_trial_endpoint_and_with_one_only_the_trunk(
    program: AsteriskProgram, layout: Layout, wiring: Wiring
) -> None:
    write_configuration(program, layout, wiring)
    assert "[trial](caller)" in written(layout, "pjsip.conf")
    assert "identify" not in written(layout, "pjsip.conf").replace("identify_by", "").replace("identifier", "")

    trunk = replace(wiring, trunk_address="203.0.113.10, 198.51.100.0/24", external_address="192.0.2.7")
    write_configuration(program, layout, trunk)
    pjsip = written(layout, "pjsip.conf")
    assert "match = 203.0.113.10, 198.51.100.0/24" in pjsip
    assert pjsip.count("external_media_address = 192.0.2.7") == 2
    assert "trial" not in pjsip


def test_the_utilitys_own_recordings_win(
    program: AsteriskProgram, layout: Layout, wiring: Wiring, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "system.apology.wav").touch()
    write_configuration(program, layout, replace(wiring, own_prompts=tmp_path / "own"))
    dialplan = written(layout, "extensions.conf")
    assert f"Playback({tmp_path}/own/system.apology)" in dialplan
    assert f"Playback({wiring.prompts}/tone.beep)" in dialplan


def test_callbacks_get_a_way_out_of_their_own_that_no_caller_can_take(
    program: AsteriskProgram, layout: Layout, wiring: Wiring
) -> None:
    write_configuration(program, layout, wiring)
    assert "[outgoing]" not in written(layout, "pjsip.conf")
    write_configuration(program, layout, replace(wiring, outgoing=True))
    assert "[outgoing](caller)" in written(layout, "pjsip.conf")
    assert "outgoing" not in written(layout, "extensions.conf")
    assert "Dial(" not in written(layout, "extensions.conf")


@pytest.mark.parametrize(("keys", "mode"), [("auto", "auto"), ("rfc4733", "rfc4733"), ("tones", "inband")])
def test_keys_arrive_as_the_setting_says(
    program: AsteriskProgram, layout: Layout, wiring: Wiring, keys: str, mode: str
) -> None:
    write_configuration(program, layout, replace(wiring, keys=keys))
    assert f"dtmf_mode = {mode}" in written(layout, "pjsip.conf").splitlines()


def test_a_missing_prompt_is_named(program: AsteriskProgram, layout: Layout, wiring: Wiring, tmp_path: Path) -> None:
    with pytest.raises(PromptAbsent, match=r"system.apology.wav is not there; run `lianxin prompts check`"):
        write_configuration(program, layout, replace(wiring, prompts=tmp_path))


@pytest.mark.parametrize("name", ["a&b", "a;b", "a,b", "${x}", "a\nb"])
def test_a_folder_that_the_dialplan_would_misread_is_refused(
    program: AsteriskProgram, tmp_path: Path, wiring: Wiring, name: str
) -> None:
    with pytest.raises(SettingUnfit, match="use another folder") as caught:
        write_configuration(program, Layout(tmp_path / name), wiring)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["1.2.3.4\nendpoint = x", "a;b", "host name = 3", "主机"])
def test_a_trunk_address_can_not_smuggle_settings_in(
    program: AsteriskProgram, layout: Layout, wiring: Wiring, address: str
) -> None:
    with pytest.raises(SettingUnfit, match=r"asterisk\.trunk_address") as caught:
        write_configuration(program, layout, replace(wiring, trunk_address=address))
    assert "\n" not in str(caught.value)


def test_a_program_without_a_module_is_refused_by_name(
    program: AsteriskProgram, layout: Layout, wiring: Wiring, tmp_path: Path
) -> None:
    for module in program.modules.glob("*.so"):
        if module.name != "res_stasis_snoop.so":
            (tmp_path / module.name).touch()
    with pytest.raises(AsteriskUnusable, match=r"lacks res_stasis_snoop\.so in .*; install all of its modules"):
        write_configuration(replace(program, modules=tmp_path), layout, wiring)


def test_an_older_asterisk_is_not_asked_for_what_came_later(
    program: AsteriskProgram, layout: Layout, wiring: Wiring, tmp_path: Path
) -> None:
    for module in program.modules.glob("*.so"):
        if module.name != "res_websocket_client.so":
            (tmp_path / module.name).touch()
    assert "res_websocket_client.so" not in write_configuration(replace(program, modules=tmp_path), layout, wiring)


def test_a_deep_folder_keeps_its_control_socket_where_the_path_is_short(tmp_path: Path) -> None:
    deep = Layout(tmp_path / ("x" * 60) / ("y" * 60))
    assert not deep.control.is_relative_to(tmp_path)
    assert len(str(deep.control / "asterisk.ctl")) < 108
    assert deep.control != Layout(deep.var / "z").control
    deep.control.symlink_to(tmp_path)
    with pytest.raises(SettingUnfit, match="belongs to someone else"):
        deep.make()
    deep.control.unlink()
    near = Layout(Path("/srv/lianxin/var"))
    assert near.control == near.run / "control"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"rtp_start": 12000, "rtp_end": 11000}, r"rtp_end \(11000\) must be greater than rtp_start \(12000\)"),
        ({"sip_address": "localhost"}, "asterisk.sip_address is 'localhost', which is no IP address"),
    ],
)
def test_ports_that_can_not_be_are_refused_by_the_name_of_their_setting(given: dict[str, int], complaint: str) -> None:
    with pytest.raises(SettingUnfit, match=complaint):
        Ports.of_settings(AsteriskSettings.model_validate(given))


def test_an_ipv6_address_is_put_in_brackets() -> None:
    assert Ports(5060, 8088, 10000, 10999, "::1").sip_bind == "[::1]:5060"
