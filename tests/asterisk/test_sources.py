"""Which mirrors of this machine Asterisk is fetched from."""

from pathlib import Path

import pytest

from lianxin.asterisk.sources import Source, debian_mirrors, read_sources

STANZAS = """\
# comment
Types: deb deb-src
URIs: http://mirror.example.net/debian
Suites: trixie trixie-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example.net/debian-security
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://off.example.net/debian
Suites: trixie
Components: main
Enabled: no

Types: deb-src
URIs: http://source.example.net/debian
Suites: trixie
Components: main
"""

LINES = """\
# deb http://commented.example.net/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.example.com/apt bookworm main
deb [ signed-by=/usr/share/keyrings/vendor.gpg ] https://vendor.example.com/linux/debian bookworm stable
deb cdrom:[Debian 12]/ bookworm main
deb http://old.example.org/debian bookworm main non-free # the nearest
deb http://flat.example.org/ ./
deb http://security.example.org/debian-security bookworm-security main
"""


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(LINES)
    (tmp_path / "sources.list.d" / "debian.sources").write_text(STANZAS)
    (tmp_path / "sources.list.d" / "debian.sources.save").write_text(STANZAS.replace("mirror", "saved"))
    return tmp_path


@pytest.fixture
def keyrings(tmp_path: Path) -> Path:
    folder = tmp_path / "keyrings"
    folder.mkdir()
    (folder / "debian-archive-keyring.gpg").touch()
    return folder


def test_both_formats_are_read(apt: Path) -> None:
    read = read_sources(apt)
    assert [(source.uri, source.suite) for source in read if "mirror" in source.uri] == [
        ("http://mirror.example.net/debian", "trixie"),
        ("http://mirror.example.net/debian", "trixie-updates"),
        ("http://mirror.example.net/debian-security", "trixie-security"),
    ]
    assert next(source for source in read if "old" in source.uri).components == ("main", "non-free")
    everything = " ".join(source.uri for source in read)
    for word in ("off", "source.example", "commented", "saved"):
        assert word not in everything


def test_only_debians_own_mirrors_are_asked_for_its_unstable_suite(apt: Path, keyrings: Path) -> None:
    mirrors = debian_mirrors(read_sources(apt), keyrings)
    assert [(mirror.uri, mirror.suite, mirror.components) for mirror in mirrors] == [
        ("http://old.example.org/debian", "sid", ("main",)),
        ("http://mirror.example.net/debian", "sid", ("main",)),
    ]


def test_an_unsigned_line_is_held_to_debians_keyring(apt: Path, keyrings: Path) -> None:
    old, mirror = debian_mirrors(read_sources(apt), keyrings)
    assert old.options["Signed-By"] == str(keyrings / "debian-archive-keyring.gpg")
    assert mirror.options["Signed-By"] == "/usr/share/keyrings/debian-archive-keyring.gpg"


def test_a_likely_mirror_comes_before_one_that_names_no_key_and_no_debian(keyrings: Path) -> None:
    unlikely = Source("http://stranger.example.com/repo", "bookworm", ("main",))
    likely = Source("http://mirror.example.net/debian/", "bookworm", ("main",))
    assert [mirror.uri for mirror in debian_mirrors([unlikely, likely], keyrings)] == [likely.uri, unlikely.uri]


def test_a_key_written_out_in_the_stanza_is_passed_on(tmp_path: Path) -> None:
    key = "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----\n"
    (tmp_path / "sources.list.d").mkdir()
    stanza = "Types: deb\nURIs: http://mirror.example.net/debian\nSuites: trixie\nComponents: main\n" + key
    (tmp_path / "sources.list.d" / "debian.sources").write_text(stanza)
    (mirror,) = debian_mirrors(read_sources(tmp_path), tmp_path)
    written = mirror.stanza("arm64")
    assert " -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----\n" in written
    assert "Architectures: arm64\n" in written
    assert "Suites: sid\n" in written


def test_a_machine_without_sources_has_no_mirrors(tmp_path: Path) -> None:
    assert debian_mirrors(read_sources(tmp_path), tmp_path) == []
