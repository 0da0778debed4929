import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from asr.errors import (
    ModelAltered,
    ModelArchiveUnsafe,
    ModelBeingInstalled,
    ModelMissing,
    ModelNotStored,
    ModelUnusable,
    ModelUnverified,
)
from asr.installing import find_source, install, sha256_of
from asr.models import TRIAL_MODEL, known_model
from asr.vosk_engine import VoskEngine

NAME = "vosk-model-test-0.1"


def left_in(folder: Path) -> list[str]:
    """What a person sees in the models folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".downloads") if folder.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def test_a_model_is_fetched_verified_and_can_be_used(shop: Any, model_zip: Path, folder: Path) -> None:
    shop.body = model_zip.read_bytes()
    shop.breaks = [5_000_000]
    installed = install(find_source(shop.url(), sha256_of(model_zip)), folder)
    assert installed.path == folder / NAME
    assert VoskEngine(installed.path).name == NAME
    assert left_in(folder) == [NAME]
    assert not list((folder / ".downloads").glob("*.zip*")), "the download is not kept twice"


def test_another_checksum_installs_nothing_and_keeps_what_came(shop: Any, model_zip: Path, folder: Path) -> None:
    shop.body = model_zip.read_bytes()
    with pytest.raises(ModelAltered, match=f"sha-256 is {sha256_of(model_zip)} and should be {'a' * 64}"):
        install(find_source(shop.url(), "a" * 64), folder)
    assert left_in(folder) == []
    kept = folder / ".downloads" / f"{NAME}.zip.rejected"
    assert install(find_source(str(kept), sha256_of(model_zip)), folder).path == folder / NAME


def test_an_official_name_from_elsewhere_must_still_be_the_official_model(
    shop: Any, model_zip: Path, folder: Path
) -> None:
    shop.body = model_zip.read_bytes()
    known = known_model("vosk-model-small-cn-0.22")
    assert known
    with pytest.raises(ModelAltered, match=known.sha256):
        install(find_source(shop.url("vosk-model-small-cn-0.22.zip")), folder)


def test_a_wrong_file_inside_is_found_even_when_the_zip_is_right(model_zip: Path, folder: Path) -> None:
    source = find_source(str(model_zip), sha256_of(model_zip))
    object.__setattr__(source, "files", {"am/final.mdl": "b" * 64})
    with pytest.raises(ModelAltered, match=r"am/final\.mdl"):
        install(source, folder)
    assert left_in(folder) == []


def test_without_a_checksum_somebody_must_agree(shop: Any, model_zip: Path, folder: Path) -> None:
    shop.body = model_zip.read_bytes()
    with pytest.raises(ModelUnverified, match="--sha256 SUM, or --yes"):
        install(find_source(shop.url()), folder)
    assert shop.asked == [], "nothing is fetched before somebody agreed"
    assert install(find_source(shop.url()), folder, unverified=True).sha256 == sha256_of(model_zip)


@pytest.mark.parametrize("name", ["../escaped", "/escaped", "a/../../escaped", "..\\escaped", "C:\\escaped"])
def test_a_zip_that_writes_elsewhere_is_refused(tmp_path: Path, folder: Path, name: str) -> None:
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(evil, "w") as pack:
        pack.writestr("model/am/final.mdl", "fine")
        pack.writestr(name, "evil")
    with pytest.raises(ModelArchiveUnsafe, match="not a plain file below"):
        install(find_source(str(evil)), folder, unverified=True)
    assert not list(tmp_path.rglob("*escaped*"))
    assert left_in(folder) == []


def test_a_link_in_a_zip_is_refused(tmp_path: Path, folder: Path) -> None:
    evil = tmp_path / "evil.zip"
    link = zipfile.ZipInfo("model/am")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(evil, "w") as pack:
        pack.writestr(link, "/etc")
    with pytest.raises(ModelArchiveUnsafe):
        install(find_source(str(evil)), folder, unverified=True)


def test_what_is_no_zip_is_named(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "page.zip").write_text("<html>please sign in</html>")
    with pytest.raises(ModelArchiveUnsafe, match=r"page\.zip: no ZIP"):
        install(find_source(str(tmp_path / "page.zip")), folder, unverified=True)


def test_a_damaged_zip_is_named(model_zip: Path, tmp_path: Path, folder: Path) -> None:
    data = bytearray(model_zip.read_bytes())
    data[2_000_000:2_000_100] = bytes(100)
    (tmp_path / "hurt.zip").write_bytes(data)
    with pytest.raises(ModelArchiveUnsafe, match=r"hurt\.zip"):
        install(find_source(str(tmp_path / "hurt.zip")), folder, unverified=True)
    assert left_in(folder) == []


def broken_zip(to: Path, file: str, content: bytes) -> Path:
    with zipfile.ZipFile(to, "w") as pack:
        for path in sorted(TRIAL_MODEL.rglob("*")):
            name = str(path.relative_to(TRIAL_MODEL))
            if path.is_file():
                pack.writestr(f"m/{name}", content if name == file else path.read_bytes())
    return to


def test_a_model_that_crashes_the_recogniser_is_not_installed(tmp_path: Path, folder: Path) -> None:
    crashing = broken_zip(tmp_path / "m.zip", "graph/HCLr.fst", (TRIAL_MODEL / "graph/Gr.fst").read_bytes())
    with pytest.raises(ModelUnusable, match="ended the trial process with signal"):
        install(find_source(str(crashing)), folder, unverified=True)
    assert left_in(folder) == []


def test_a_zip_without_a_model_is_not_installed(tmp_path: Path, folder: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as pack:
        pack.writestr("photos/one.jpg", "…")
    with pytest.raises(ModelUnusable, match=r"am/final\.mdl|final\.mdl"):
        install(find_source(str(tmp_path / "photos.zip")), folder, unverified=True)
    assert left_in(folder) == []


def test_installing_again_replaces_the_model_only_by_a_good_one(model_zip: Path, tmp_path: Path, folder: Path) -> None:
    install(find_source(str(model_zip)), folder, unverified=True)
    bad = broken_zip(tmp_path / f"{NAME}.zip", "am/final.mdl", b"no model")
    with pytest.raises(ModelUnusable):
        install(find_source(str(bad)), folder, unverified=True)
    assert VoskEngine(folder / NAME).sample_rate == 8000
    (folder / NAME / "am" / "final.mdl").write_bytes(b"")
    install(find_source(str(model_zip)), folder, unverified=True)
    assert VoskEngine(folder / NAME).sample_rate == 8000
    assert left_in(folder) == [NAME]


def test_two_installs_at_a_time_do_not_meet(model_zip: Path, folder: Path) -> None:
    from asr.installing import _alone

    with _alone(folder, NAME), pytest.raises(ModelBeingInstalled, match=NAME):
        install(find_source(str(model_zip)), folder, unverified=True)


def test_a_disk_that_does_not_take_it_is_named(model_zip: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(ModelNotStored, match="models"):
        install(find_source(str(model_zip)), tmp_path / "models", unverified=True)


def test_what_can_be_installed_is_understood(tmp_path: Path) -> None:
    small = find_source("vosk-model-small-cn-0.22")
    assert small.url.endswith("/vosk-model-small-cn-0.22.zip")
    assert len(small.sha256) == 64
    assert set(small.files) == {"am/final.mdl"}
    assert find_source("vosk-model-cn-0.22").sha256 == ""
    assert find_source("vosk-model-cn-0.22", "C" * 64).sha256 == "c" * 64
    assert find_source("https://models.example/a/vosk%20model.zip?x=1").name == "vosk model"


@pytest.mark.parametrize(
    "what", ["vosk-model-klingon", "https://models.example/", "https://models.example/..%2F", "http://[bad"]
)
def test_what_cannot_be_installed_is_named(what: str) -> None:
    with pytest.raises(ModelMissing) as refused:
        find_source(what)
    assert what in str(refused.value)


@pytest.mark.parametrize("sum_", ["abc", "z" * 64, "a" * 63])
def test_a_checksum_that_is_none_is_refused(sum_: str) -> None:
    with pytest.raises(ModelUnverified, match="64 hexadecimal digits"):
        find_source("vosk-model-cn-0.22", sum_)


def test_a_copy_of_the_trial_model_is_still_for_trial(tmp_path: Path) -> None:
    shutil.copytree(TRIAL_MODEL, tmp_path / "renamed")
    assert VoskEngine(tmp_path / "renamed").trial
