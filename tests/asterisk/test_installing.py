"""Fetching Asterisk: from the cache, without a network, and what is said when it can not be."""

import json
import stat
import subprocess
from pathlib import Path

import pytest

from lianxin.asterisk.errors import PackagesUnavailable, SystemUnsupported
from lianxin.asterisk.finding import fetched_asterisk
from lianxin.asterisk.installing import install_asterisk
from lianxin.asterisk.package_cache import sha256_of, whole_packages, write_manifest
from lianxin.asterisk.unpacking import unpack
from lianxin.settings import AsteriskSettings, Settings


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without an Asterisk of its own, which would be in an sbin folder."""
    monkeypatch.setattr("lianxin.asterisk.finding.SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("LIANXIN_ASTERISK__BINARY", raising=False)


@pytest.fixture
def offline(bare: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No way out: whatever asks the network finds a closed port."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.fixture
def filled_cache(bare: None) -> None:
    """The cache as an installation leaves it."""
    install_asterisk(Settings(), lambda *stage: None)


def package(folder: Path, name: str, files: dict[str, int]) -> str:
    """Build a real package with some files of given modes."""
    tree = folder / f"tree-{name}"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        f"Package: {name}\nVersion: 1:2.0\nArchitecture: all\nMaintainer: a <a@example.net>\nDescription: a\n"
    )
    for path, mode in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(name)
        (tree / path).chmod(mode)
    file = f"{name}_1%3a2.0_all.deb"
    build = ["dpkg-deb", "--build", "--root-owner-group", str(tree), str(folder / file)]
    subprocess.run(build, check=True, capture_output=True)
    return file


def test_a_fresh_checkout_is_served_from_the_cache_without_a_network(
    filled_cache: None, offline: None, tmp_path: Path
) -> None:
    settings = Settings(var=tmp_path / "新 checkout" / "var")
    stages: list[tuple[str, int, int]] = []
    installed = install_asterisk(settings, lambda *stage: stages.append(stage))
    assert installed.major >= 20
    assert str(tmp_path) in installed.command[0]
    assert ("Downloading packages", 1, 1) not in stages
    assert {name for name, _, _ in stages} == {"Checking kept packages", "Unpacking packages"}
    name, done, total = stages[-1]
    assert (name, done) == ("Unpacking packages", total)
    stages.clear()
    assert install_asterisk(settings, lambda *stage: stages.append(stage)) == installed
    assert stages == [], "nothing is to do the second time"


def test_without_cache_and_network_one_line_says_so(offline: None, tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var", asterisk=AsteriskSettings(cache=tmp_path / "cache"))
    with pytest.raises(PackagesUnavailable) as caught:
        install_asterisk(settings, lambda *stage: None)
    assert "\n" not in str(caught.value)
    assert "network or proxy" in str(caught.value)
    assert not list((tmp_path / "cache").glob(".apt-*")), "no half work is left"


def test_elsewhere_than_on_debian_it_says_what_to_install(
    offline: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemUnsupported) as caught:
        install_asterisk(Settings(var=tmp_path / "var"), lambda *stage: None)
    assert "Asterisk ≥ 20" in str(caught.value)
    assert "asterisk.binary (LIANXIN_ASTERISK__BINARY)" in str(caught.value)


def test_a_cache_that_can_not_be_written_is_named(offline: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(var=tmp_path / "var", asterisk=AsteriskSettings(cache=tmp_path / "file" / "cache"))
    with pytest.raises(PackagesUnavailable, match=r"can not be written .*; set another folder in asterisk.cache"):
        install_asterisk(settings, lambda *stage: None)


def test_packages_are_whole_only_as_the_manifest_has_them(tmp_path: Path) -> None:
    files = [package(tmp_path, name, {"usr/lib/a": 0o644}) for name in ("one", "two")]
    (tmp_path / "stale_1_all.deb").touch()
    assert whole_packages(tmp_path, lambda done, total: None) is None, "no manifest yet"
    kept = write_manifest(tmp_path, files, "a test")
    assert whole_packages(tmp_path, lambda done, total: None) == kept
    assert not (tmp_path / "stale_1_all.deb").exists()
    listed = json.loads((tmp_path / "manifest.json").read_text())["packages"]
    assert [(entry["name"], entry["version"]) for entry in listed] == [("one", "1:2.0"), ("two", "1:2.0")]
    assert listed[0]["sha256"] == sha256_of(kept[0])

    kept[0].write_bytes(b"cut off")
    assert whole_packages(tmp_path, lambda done, total: None) is None
    assert not kept[0].exists(), "it will be fetched again"
    assert kept[1].exists(), "and this one will not"
    (tmp_path / "manifest.json").write_text('{"packages": 3}')
    assert whole_packages(tmp_path, lambda done, total: None) is None


def test_unpacking_is_whole_or_not_at_all_and_leaves_no_set_uid(tmp_path: Path) -> None:
    good = tmp_path / package(tmp_path, "good", {"usr/bin/su": 0o4755, "usr/bin/plain": 0o755})
    bad = tmp_path / "bad_1_all.deb"
    bad.write_bytes(b"no package")
    root = tmp_path / "var/root"
    with pytest.raises(PackagesUnavailable, match="could not be unpacked"):
        unpack([good, bad], root, lambda done, total: None)
    assert list(root.parent.iterdir()) == []

    unpack([good], root, lambda done, total: None)
    assert stat.S_IMODE((root / "usr/bin/su").stat().st_mode) == 0o755
    (root / "usr/bin/plain").write_text("old")
    (root.parent / "root.new").mkdir()
    unpack([good], root, lambda done, total: None)
    assert (root / "usr/bin/plain").read_text() == "good", "a newer one replaces it"
    assert list(root.parent.iterdir()) == [root]


def test_an_empty_root_holds_no_asterisk(tmp_path: Path) -> None:
    assert fetched_asterisk(tmp_path) is None
