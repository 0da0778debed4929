"""The catalogue: ids, texts, audio, and the utility's own recordings."""

from pathlib import Path

import pytest

from ivr.prompts.catalogue import Catalogue
from ivr.prompts.errors import CatalogueInvalid, OwnFolderMissing, PromptMissing

FLOWS_PLAY = [
    "notice.recording", "menu.main", "menu.nothing-heard", "menu.wrong-key", "menu.to-voicemail", "repair.describe",
    "billing.describe", "complaint.describe", "voicemail.describe", "message.nothing-heard", "case.number",
    "case.repeat", "repair.next", "billing.next", "complaint.next", "voicemail.next", "goodbye", "system.one-moment",
    "system.apology", "system.received", "tone.beep",
]  # fmt: skip


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("prompt_id", FLOWS_PLAY)
def test_what_the_flows_play_is_there(prompt_id: str) -> None:
    catalogue = Catalogue.load()
    assert prompt_id in catalogue
    assert catalogue.text(prompt_id)
    assert catalogue.audio(prompt_id).name == f"{prompt_id}.wav"


def test_the_menu_names_each_key() -> None:
    menu = Catalogue.load().text("menu.main")
    for choice in (
        "报修，请按一",
        "电费问题，请按二",
        "业务办理和进度查询，请按三",
        "停电信息，请按五",
        "投诉和建议，请按四",
        "人工服务，请按零",
        "请按九",
        "返回，请按星号键",
    ):
        assert choice in menu


def test_a_reading_is_for_the_voice_and_not_for_people(tmp_path: Path) -> None:
    catalogue = Catalogue.load(written(tmp_path, '[menu]\nagain = "重{chong2}听，请按九。"'))
    assert catalogue.text("menu.again") == "重听，请按九。"
    assert catalogue.prompt("menu.again").say == "重{chong2}听，请按九。"


def test_an_own_recording_is_heard_instead_of_ours_and_ours_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "goodbye.wav").write_bytes(b"recorded by the announcer")
    catalogue = Catalogue.load(own=tmp_path)
    assert catalogue.audio("goodbye") == tmp_path / "goodbye.wav"
    assert catalogue.audio("menu.main").parent == catalogue.folder


def test_an_unknown_id_is_named_with_the_place_to_add_it() -> None:
    with pytest.raises(PromptMissing, match=r"prompt menu\.nowhere is not in .*catalogue\.toml; add"):
        Catalogue.load().audio("menu.nowhere")


def test_missing_audio_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    catalogue = Catalogue.load(written(tmp_path, 'goodbye = "再见。"'))
    with pytest.raises(PromptMissing, match="lianxin prompts build goodbye"):
        catalogue.audio("goodbye")


def test_an_own_folder_that_is_not_there_is_an_error_and_not_silently_ours(tmp_path: Path) -> None:
    with pytest.raises(OwnFolderMissing, match="no such folder"):
        Catalogue.load(own=tmp_path / "gone")


@pytest.mark.parametrize(
    "text",
    ['goodbye = "再见', "goodbye = 3", '[tone]\nbeep = { text = "嘀", hertz = "high", seconds = 1 }', '[a]\nb = ["c"]'],
)
def test_a_broken_catalogue_is_named_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(CatalogueInvalid, match=r"catalogue\.toml: .+") as caught:
        Catalogue.load(written(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_catalogue_that_is_not_there_or_not_utf8_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueInvalid, match="No such file"):
        Catalogue.load(tmp_path)
    (tmp_path / "catalogue.toml").write_bytes('goodbye = "再见"'.encode("gb18030"))
    with pytest.raises(CatalogueInvalid, match=r"catalogue\.toml"):
        Catalogue.load(tmp_path)
