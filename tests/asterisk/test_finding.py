"""Which Asterisk is used, and what is said when none will do."""

import shutil
from pathlib import Path

import pytest

from lianxin.asterisk.errors import AsteriskMissing, AsteriskTooOld, AsteriskUnusable
from lianxin.asterisk.finding import find_asterisk
from lianxin.asterisk.program import AsteriskProgram, major_of
from lianxin.settings import AsteriskSettings, Settings


def claimed(prefix: Path, says: str, modules: bool = True) -> Path:
    """An installation that only says its version: old ones can not be had any more."""
    binary = prefix / "sbin" / "asterisk"
    binary.parent.mkdir(parents=True)
    binary.write_text(f"#!/bin/sh\necho '{says}'\n")
    binary.chmod(0o755)
    if modules:
        folder = prefix / "lib" / "asterisk" / "modules"
        folder.mkdir(parents=True)
        (folder / "chan_pjsip.so").touch()
    return binary


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("lianxin.asterisk.finding.SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    return Settings(var=tmp_path / "var", asterisk=AsteriskSettings(binary=None))


@pytest.mark.parametrize(
    ("version", "major"),
    [
        ("1:22.10.1~dfsg+~cs6.15-1", 22),
        ("22.10.1", 22),
        ("certified/20.7-cert3", 20),
        ("certified-20.7-cert3", 20),
        ("GIT-master", 0),
        ("", 0),
    ],
)
def test_the_major_version_is_read_from_what_packages_and_asterisk_write(version: str, major: int) -> None:
    assert major_of(version) == major


def test_the_fetched_one_runs_with_its_own_libraries(program: AsteriskProgram) -> None:
    assert program.major >= 20
    assert (program.modules / "chan_pjsip.so").is_file()
    assert (program.data / "documentation").is_dir()


def test_with_none_the_mend_is_said(settings: Settings) -> None:
    with pytest.raises(AsteriskMissing) as caught:
        find_asterisk(settings)
    assert "lianxin asterisk install" in str(caught.value)
    assert "LIANXIN_ASTERISK__BINARY" in str(caught.value)


def test_one_on_path_is_used_with_the_modules_beside_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = claimed(tmp_path / "opt", "Asterisk 20.6.0~dfsg+~cs6.13.40431414-2build5")
    monkeypatch.setenv("PATH", str(binary.parent))
    found = find_asterisk(settings)
    assert found.command == [str(binary)]
    assert found.version == "20.6.0"
    assert found.modules == tmp_path / "opt/lib/asterisk/modules"


def test_the_folders_in_its_own_configuration_count_first(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = claimed(tmp_path / "opt", "Asterisk 22.1.0")
    elsewhere = tmp_path / "my modules"
    elsewhere.mkdir()
    (elsewhere / "chan_pjsip.so").touch()
    (tmp_path / "opt/etc/asterisk").mkdir(parents=True)
    (tmp_path / "opt/etc/asterisk/asterisk.conf").write_text(f"[directories]\nastmoddir => {elsewhere} ; moved\n")
    monkeypatch.setenv("PATH", str(binary.parent))
    assert find_asterisk(settings).modules == elsewhere


def test_an_old_one_on_path_is_named_when_nothing_else_is_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = claimed(tmp_path / "opt", "Asterisk 18.10.0~dfsg+~cs6.10.40431411-2")
    monkeypatch.setenv("PATH", str(binary.parent))
    with pytest.raises(AsteriskTooOld) as caught:
        find_asterisk(settings)
    assert str(caught.value) == (
        f"{binary} is Asterisk 18.10.0, and at least 20 is needed; run `lianxin asterisk install`"
    )


def test_the_one_in_the_settings_must_do(settings: Settings, tmp_path: Path) -> None:
    settings.asterisk.binary = tmp_path / "none"
    with pytest.raises(AsteriskMissing, match=r"asterisk.binary names .*/none, which is not there"):
        find_asterisk(settings)
    settings.asterisk.binary = claimed(tmp_path / "bare", "Asterisk 22.1.0", modules=False)
    with pytest.raises(AsteriskUnusable, match=r"has no modules \(no chan_pjsip.so in .*\); name another"):
        find_asterisk(settings)
    settings.asterisk.binary = claimed(tmp_path / "odd", "I am a teapot")
    with pytest.raises(AsteriskUnusable, match=r"does not say its version \(I am a teapot\)"):
        find_asterisk(settings)
    settings.asterisk.binary.chmod(0o644)
    with pytest.raises(AsteriskUnusable, match="can not be run"):
        find_asterisk(settings)


def test_a_fetched_one_that_lost_files_asks_to_be_fetched_again(settings: Settings, tmp_path: Path) -> None:
    binary = tmp_path / "var/asterisk/root/usr/sbin/asterisk"
    binary.parent.mkdir(parents=True)
    shutil.copy("/bin/true", binary)
    with pytest.raises(AsteriskUnusable, match="is not whole; run `lianxin asterisk install`"):
        find_asterisk(settings)
