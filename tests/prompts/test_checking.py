"""`lianxin prompts check`: what it finds, and that the shipped prompts have nothing to find."""

import shutil
import wave
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.prompts.catalogue import SHIPPED, Catalogue
from ivr.prompts.checking import findings
from ivr.prompts.pieces import all_pieces
from ivr.prompts.usage import Use, uses_in_menu, uses_in_python, uses_in_template
from lianxin.cli.prompts import app


def write_wav(file: Path, *, rate: int = 8000, channels: int = 1, width: int = 2, frames: int = 800) -> Path:
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(channels)
        opened.setsampwidth(width)
        opened.setframerate(rate)
        opened.writeframes(bytes(frames * channels * width))
    return file


def house(folder: Path, extra: str = "") -> Catalogue:
    """A catalogue of the pieces, a goodbye, and what a test adds; all have audio."""
    shipped = Catalogue.load()
    lines = [f'"{piece}" = "{shipped.text(piece)}"' for piece in sorted(all_pieces())]
    (folder / "catalogue.toml").write_text("\n".join(['goodbye = "再见。"', *lines, extra]), encoding="utf-8")
    catalogue = Catalogue.load(folder)
    for prompt in catalogue:
        write_wav(folder / f"{prompt.id}.wav")
    return catalogue


GOODBYE = Use("goodbye", Path("flow.py"), 1)


def test_what_we_ship_has_nothing_to_find() -> None:
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output
    assert "each has its text and its audio, and is played somewhere" in result.output


def test_a_whole_house_has_nothing_to_find(tmp_path: Path) -> None:
    assert list(findings(house(tmp_path), [GOODBYE])) == []


def test_a_prompt_without_text_is_found(tmp_path: Path) -> None:
    (line,) = findings(house(tmp_path, '"menu.main" = " "'), [GOODBYE, Use("menu.main", Path("m.toml"), 2)])
    assert line.startswith("menu.main: has no text")


def test_a_prompt_without_audio_is_found(tmp_path: Path) -> None:
    catalogue = house(tmp_path)
    (tmp_path / "goodbye.wav").unlink()
    (line,) = findings(catalogue, [GOODBYE])
    assert "goodbye has no audio" in line
    assert "lianxin prompts build goodbye" in line


def test_a_prompt_that_nothing_plays_is_found_but_never_a_piece(tmp_path: Path) -> None:
    (line,) = findings(house(tmp_path), [])
    assert line.startswith("goodbye: nothing plays it")


def test_a_prompt_played_but_unknown_is_found_with_its_place(tmp_path: Path) -> None:
    (line,) = findings(house(tmp_path), [GOODBYE, Use("menu.lost", Path("ivr/flows/x.py"), 12)])
    assert line.startswith("menu.lost: played in ivr/flows/x.py, line 12, but not in the catalogue")


def test_a_piece_that_numbers_need_and_the_catalogue_lacks_is_found(tmp_path: Path) -> None:
    catalogue = house(tmp_path)
    del catalogue.prompts["digit.7"]
    (line,) = findings(catalogue, [GOODBYE])
    assert line.startswith("digit.7: a piece")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ({"rate": 44100, "channels": 2}, "44100 Hz, 2 channels, 16 bit"),
        ({"rate": 16000}, "16000 Hz, 1 channel, 16 bit"),
        ({"width": 1}, "8000 Hz, 1 channel, 8 bit"),
    ],
)
def test_an_own_recording_in_the_wrong_format_is_refused_with_the_mend(
    tmp_path: Path, kind: dict[str, int], told: str
) -> None:
    write_wav(tmp_path / "repair.next.wav", **kind)
    result = CliRunner().invoke(app, ["check", "--own", str(tmp_path)])
    assert result.exit_code == 2
    assert told in result.stderr
    assert "ffmpeg -i repair.next.wav -ar 8000 -ac 1 -c:a pcm_s16le new.wav" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"ID3 an MP3 by another name", b"RIFF\x10\x00\x00\x00WAVEfmt "])
def test_an_own_recording_that_is_no_wav_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "goodbye.wav").write_bytes(content)
    result = CliRunner().invoke(app, ["check", "--own", str(tmp_path)])
    assert result.exit_code == 2
    assert "not a plain PCM WAV file" in result.stderr


def test_an_own_recording_that_is_empty_or_cut_short_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "goodbye.wav", frames=0)
    cut = write_wav(tmp_path / "menu.main.wav", frames=8000)
    cut.write_bytes(cut.read_bytes()[:-9000])
    result = CliRunner().invoke(app, ["check", "--own", str(tmp_path)])
    assert result.exit_code == 2
    assert "goodbye.wav holds 0 of 0 samples" in result.stderr
    assert "menu.main.wav holds 3500 of 8000 samples" in result.stderr


def test_an_own_recording_with_a_misspelt_name_is_found(tmp_path: Path) -> None:
    for name in ("goodby.wav", "menu.main.mp3"):
        (tmp_path / name).write_bytes(b"sound")
    (tmp_path / "notes.txt").write_text("read on a Tuesday", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "--own", str(tmp_path)])
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["goodby", "menu.main"]


def test_a_good_own_recording_passes(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "goodbye.wav", tmp_path)
    assert CliRunner().invoke(app, ["check", "--own", str(tmp_path)]).exit_code == 0


def test_uses_are_read_from_source_and_not_from_log_events_or_file_names(tmp_path: Path) -> None:
    source = tmp_path / "flow.py"
    source.write_text(
        '"""Says menu.main, in words."""\n'
        'call.say("case.number")\n'
        'call.say("menu.not-there")\n'
        'log.info("menu.chosen", key=key)\n'
        'read("menu.toml", "channels.answer")\n',
        encoding="utf-8",
    )
    found = list(uses_in_python(source, Catalogue.load()))
    assert [(use.prompt_id, use.line) for use in found] == [("case.number", 2), ("menu.not-there", 3)]


def test_uses_are_read_from_the_menu_file(tmp_path: Path) -> None:
    menu = tmp_path / "menu.toml"
    menu.write_text(
        'first = "main"\n[menus.main]\nprompt = "strange.name" # "menu.main"\n1 = "repair"\n', encoding="utf-8"
    )
    assert [(use.prompt_id, use.line) for use in uses_in_menu(menu, Catalogue.load())] == [("strange.name", 3)]


def test_uses_are_read_from_asterisk_templates(tmp_path: Path) -> None:
    template = tmp_path / "extensions.conf"
    template.write_text(
        '; system.received is in a comment\nsame => n,Playback({{ prompts["system.apology"] }}) ; goodbye\n',
        encoding="utf-8",
    )
    found = [(use.prompt_id, use.line) for use in uses_in_template(template, Catalogue.load())]
    assert found == [("system.apology", 2)]


def test_the_reading_sheet_has_everything_that_is_said() -> None:
    result = CliRunner().invoke(app, ["script"])
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert rows[0] == ["id", "text", "file"]
    assert ["goodbye", "感谢您的来电，再见。", "goodbye.wav"] in rows
    assert not any("{" in text for _, text, _ in rows)
    assert {row[0] for row in rows[1:]} == {prompt.id for prompt in Catalogue.load() if prompt.tone is None}
