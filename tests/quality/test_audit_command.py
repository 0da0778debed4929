"""`lianxin audit` and `lianxin rules`, as one would type them."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from lianxin.quality_rules import EXAMPLES
from quality.dialogue import Dialogue
from quality.judging import judge
from tests.quality.conftest import RATE, silence, voice
from tests.quality.test_sheet import GOOD


def lianxin(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lianxin", *map(str, words)], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def turns(tmp_path):
    file = tmp_path / "turns.json"
    rows = [dict(zip(("channel", "start", "end", "text"), row, strict=True)) for row in GOOD]
    rows.append({"channel": "agent", "start": 31, "end": 33, "text": "神经病"})
    file.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return file


def test_turns_give_measures_findings_and_a_score(turns):
    answer = lianxin("audit", "--turns", turns, "--json")
    record = json.loads(answer.stdout)
    assert answer.returncode == 0
    fatal = [f for f in record["findings"] if f["fatal"]]
    assert fatal == [
        {"rule": "forbidden.insult", "channel": "agent", "start": 31.0, "words": "神经病", "points": -10, "fatal": True}
    ]
    assert (record["score"], record["reason"]) == (0, None)
    assert record["measures"]["legs"]["agent"]["first_word"] == 0.0


def test_a_table_for_a_reader(turns):
    answer = lianxin("audit", "--turns", turns)
    assert "score 0 of 100" in answer.stdout
    assert "神经病" in answer.stdout


@pytest.mark.parametrize("rows", [[], [{"channel": "caller", "start": 0, "end": 2, "text": "有人吗？"}]])
def test_a_call_in_which_no_agent_spoke_gets_no_score_and_the_reason(tmp_path, rows):
    file = tmp_path / "turns.json"
    file.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    record = json.loads(lianxin("audit", "--turns", file, "--json").stdout)
    assert (record["score"], record["items"], record["findings"]) == (None, {}, [])
    assert "no agent spoke" in record["reason"]
    assert "no score: no agent spoke" in lianxin("audit", "--turns", file).stdout


def test_two_legs_are_heard_and_measured(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.concatenate([voice(2, 130), silence(33)]), RATE, subtype="ALAW")
    soundfile.write(tmp_path / "c.wav", np.concatenate([silence(33), voice(2, 210)]), RATE, subtype="ALAW")
    answer = lianxin("audit", "--agent", tmp_path / "a.wav", "--caller", tmp_path / "c.wav", "--json")
    legs = json.loads(answer.stdout)["measures"]["legs"]
    assert legs["agent"]["voice"]["median"] == pytest.approx(130, abs=2)
    assert legs["caller"]["first_word"] == pytest.approx(33, abs=0.1)
    assert "waiting.silence" in [f["rule"] for f in json.loads(answer.stdout)["findings"]]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("[", "no JSON"),
        ("{}", "turns are a list"),
        ('[{"channel": "boss", "start": 0, "end": 1, "text": ""}]', "neither"),
        ('[{"channel": "agent", "start": 2, "end": 1, "text": ""}]', "before it begins"),
        ('[{"channel": "agent", "start": NaN, "end": 1, "text": ""}]', "must be seconds"),
        ('[{"channel": "agent", "start": 0, "end": 1}]', 'no "text"'),
    ],
)
def test_bad_turns_get_one_line(tmp_path, written, names):
    file = tmp_path / "turns.json"
    file.write_text(written, "utf-8")
    answer = lianxin("audit", "--turns", file, "--json")
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert names in answer.stderr


def test_no_file_and_nothing_to_do_get_one_line(tmp_path):
    for words in (("--turns", tmp_path / "none.json"), ("--agent", tmp_path / "none.wav"), ()):
        answer = lianxin("audit", *words)
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_rules_are_checked_listed_and_tried():
    assert "rules are right" in lianxin("rules", "check").stdout
    assert "forbidden.insult" in lianxin("rules", "list").stdout
    tried = lianxin("rules", "try", str(EXAMPLES / "written"), str(EXAMPLES / "blind"))
    assert tried.returncode == 0, tried.stdout
    assert "missed " not in tried.stdout


def test_good_calls_of_an_outsider_keep_every_point_and_have_nothing_marked(rulebook):
    dialogues = [Dialogue.parse(file.read_text("utf-8"), file.name) for file in EXAMPLES.glob("outside/g*.txt")]
    judged = [judge(rulebook, each.turns, hung_up_by=each.hung_up_by) for each in dialogues]
    assert [(each.sheet.score, each.findings) for each in judged if each.sheet] == [(100, ())] * 12


def test_a_broken_rule_gets_one_line(tmp_path):
    (tmp_path / "mine.toml").write_text('[[rule]]\nid = "a"\n', "utf-8")
    answer = lianxin("rules", "check", tmp_path / "mine.toml")
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
