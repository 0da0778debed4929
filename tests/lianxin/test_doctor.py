"""`lianxin doctor` looks at everything, goes on after what is wrong, and names the mend for it."""

import shlex
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from lianxin.compose import load_seal, open_archive
from lianxin.diagnosis import _key, _model
from lianxin.settings import AsrSettings, Settings
from recordings import ledger
from recordings.tables import Original, Transcript

ROOT = Path(__file__).parents[2]


def lines(ran):
    return {line[2:22].strip(): line for line in ran.stdout.splitlines()}


@pytest.fixture
def doctor(lianxin, asterisk_var, free_port):
    """Runs the doctor on ports that nobody uses, whatever runs on this machine."""

    def run(**more):
        return lianxin("doctor", VAR=asterisk_var, ASTERISK__HTTP_PORT=free_port(), WEB__PORT=free_port(), **more)

    return run


def test_a_fresh_installation_is_well_and_the_trial_model_is_named_as_such(doctor, asterisk_var):
    ran = doctor()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = lines(ran)
    assert {"asterisk", "secrets", "menu", "prompts", "model", "triage", "disk", "database"} <= said.keys()
    assert "TRIAL" in said["model"]
    assert "lianxin model install" in said["model"]
    assert "lianxin up" in said["database"]
    assert not (asterisk_var / "lianxin.db").exists(), "whoever looks makes nothing"
    assert not [line for line in ran.stdout.splitlines() if line.startswith("✗")]


def test_everything_that_is_wrong_is_named_at_once_with_its_mend(doctor, asterisk_var, tmp_path):
    menu = tmp_path / "menu.toml"
    menu.write_text((ROOT / "config" / "menu.toml").read_text("utf-8").replace("menu.main", "menu.mian"), "utf-8")
    secret = asterisk_var / "secrets" / "ari"
    secret.parent.mkdir()
    secret.write_text("word")
    secret.chmod(0o644)
    ran = doctor(IVR__MENU=menu, ASR__MODEL="no-such-model", ASTERISK__BINARY="/no/asterisk")
    assert ran.returncode == 1
    wrong = [line for line in ran.stdout.splitlines() if line.startswith("✗")]
    assert len(wrong) == 4, ran.stdout
    told = "\n".join(wrong)
    assert "asterisk.binary" in told
    assert f"chmod 600 {secret}" in told
    assert "menu.toml, line" in told
    assert "no-such-model" in told
    assert "Traceback" not in ran.stderr


def test_a_model_for_a_flow_that_the_menu_has_not_is_wrong():
    said = list(_model(Settings(asr=AsrSettings(models_by_flow={"complaint": "", "complaints": ""}))))
    [wrong] = [finding.says for finding in said if finding.state == "wrong"]
    assert "'complaints'" in wrong
    assert "name one of main, business, repair" in wrong


def test_a_recording_that_nobody_works_on_is_wrong(doctor, lianxin, asterisk_var):
    assert lianxin("account", VAR=asterisk_var).returncode == 2, "there are no books yet"
    assert lianxin("user", "add", "li", "--generate", VAR=asterisk_var).returncode == 0
    stray = asterisk_var / "archive" / "2026" / "stray.wav"
    stray.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "asr" / "audio" / "waiting.wav", stray)
    ran = doctor()
    assert ran.returncode == 1
    assert "lianxin account" in lines(ran)["account"]


def test_a_database_that_is_there_is_looked_into(doctor, lianxin, asterisk_var):
    assert lianxin("user", "add", "li", "--generate", VAR=asterisk_var).returncode == 0
    said = lines(doctor())
    assert "all are accounted for" in said["account"]
    assert "lianxin up" in said["controller"]


def test_a_folder_that_cannot_be_is_a_finding_and_the_rest_is_looked_at(doctor):
    ran = doctor(STORE="/proc/no-such-place", DATABASE="sqlite:////proc/no-such-place/lianxin.db")
    assert "Traceback" not in ran.stderr
    assert "softphone" in lines(ran)


def test_a_folder_of_calls_that_others_may_look_into_is_wrong_until_the_mend_was_done(doctor, asterisk_var):
    asterisk_var.chmod(0o755)
    ran = doctor()
    assert ran.returncode == 1
    mend = f"chmod -R go-rwx {asterisk_var}"
    assert mend in lines(ran)["privacy"]
    subprocess.run(shlex.split(mend), check=True)
    assert "✓" in lines(doctor())["privacy"]


def test_originals_without_their_key_are_told_and_none_is_made_by_looking(tmp_path):
    settings = Settings(var=tmp_path)
    assert list(_key(settings)) == []
    key, at = tmp_path / "secrets" / "originals", datetime.now(UTC)
    archive = open_archive(settings)
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=at)
        ledger.request_recording(s, call_id="c", side="caller", recording_id="r", at=at)
        transcript = Transcript(recording_id="r", model="m", made_at=at, text="我叫〔姓名〕")
        s.add(transcript)
        s.flush()
        hidden = [{"kind": "name", "start": 0.5, "end": 1.0}]
        s.add(Original(transcript_id=transcript.id, sealed=load_seal(settings).close({"text": "x"}), hidden=hidden))
    archive.close()
    assert [(found.part, found.state) for found in _key(settings)] == [("key", "well"), ("sound", "note")]
    right = key.read_text()
    key.unlink()
    assert "not there" in next(_key(settings)).says
    assert not key.exists()
    key.write_text(Fernet.generate_key().decode())
    assert "further line" in next(_key(settings)).says
    key.write_text(f"{key.read_text()}\n{right}")
    assert next(_key(settings)).state == "well"
