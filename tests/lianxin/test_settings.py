"""Settings: every one documented, the environment over the file, mistakes named in one line."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from lianxin.errors import SettingsInvalid, settings_error
from lianxin.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")


def every_setting(model: type[BaseModel] = Settings, prefix: str = ""):
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from every_setting(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field


@pytest.mark.parametrize(("name", "field"), list(every_setting()))
def test_every_setting_is_documented_with_its_meaning_and_default(name, field):
    row = next((line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}` |")), "")
    assert field.description, f"{name} has no description"
    assert field.description in row, f"docs/settings.md does not explain {name}"
    default = "not set" if field.default in (None, "") else f"`{field.default}`"
    assert default in row, f"docs/settings.md gives another default than {default} for {name}"


def test_the_document_names_no_setting_that_is_gone():
    known = {name for name, _ in every_setting()}
    named = {line.split("`")[1] for line in DOCUMENT.splitlines() if line.startswith("| `")}
    assert named == known


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "lianxin.toml").write_text('timezone = "Asia/Urumqi"\n[web]\nport = 9000\nhost = "0.0.0.0"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIANXIN_WEB__PORT", "9001")
    settings = Settings()
    assert (settings.timezone, settings.web.host, settings.web.port) == ("Asia/Urumqi", "0.0.0.0", 9001)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[web]\nport = "door"\n', "web.port"),
        ('[web]\nproxy = "proxy.example"\n', "web.proxy"),
        ("[web]\nprot = 9000\n", "no setting web.prot"),
        ("[ivr]\nmessage_limit = []\n", "ivr.message_limit"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_that_names_the_setting(tmp_path, monkeypatch, text, named):
    (tmp_path / "lianxin.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError) as error:
        Settings()
    assert named in str(settings_error(error.value))


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("LIANXIN_WEB_PORT", "9001", "LIANXIN_WEB__PORT"),
        ("LIANXIN_ZWQVXK", "x", "docs/settings.md"),
        ("LIANXIN_SETTINGS", "/no/such/file.toml", "/no/such/file.toml"),
        ("LIANXIN_SETTINGS", "/", "cannot be read"),
    ],
)
def test_a_slip_in_the_environment_is_not_passed_over(monkeypatch, variable, value, named):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsInvalid, match=named):
        Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WEB__PORT", "70000"),
        ("ASTERISK__SIP_PORT", "0"),
        ("ASTERISK__HTTP_PORT", "65536"),
        ("IVR__KEY_WAIT", "0"),
        ("IVR__KEY_WAIT", "nan"),
        ("IVR__NODE", "a/b"),
        ("IVR__SPEECH_LEVEL", "40000"),
        ("WORKER__THREADS", "-1"),
        ("TIMEZONE", "Mars/Olympus"),
        ("VAR", "~nobody-of-that-name/var"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_the_name_of_the_setting(monkeypatch, variable, value):
    monkeypatch.setenv(f"LIANXIN_{variable}", value)
    with pytest.raises(ValidationError) as error:
        Settings()
    line = str(settings_error(error.value))
    assert variable.lower().replace("__", ".") in line
    assert "Value error" not in line


@pytest.mark.parametrize("text", [b"web = [", b"[web]\nport = 'door'\n", "# 连心热线".encode("gb18030")])
def test_the_command_ends_with_two_and_one_line(tmp_path, text):
    (tmp_path / "lianxin.toml").write_bytes(text)
    ran = subprocess.run(
        [sys.executable, "-m", "lianxin", "account"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("lianxin: ")
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""
