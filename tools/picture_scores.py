"""Calls of the last weeks that were judged, reviewed, answered to, sampled and calibrated, for the pictures of QA."""

from datetime import datetime, timedelta
from random import Random

from picture_house import AGENTS, PASSWORD, SEED
from sqlalchemy.orm import Session

from quality.rule import Item
from quality.sheet import WORTH
from recordings import agents, ledger, users
from recordings.appeals import answer_review
from recordings.archive import Archive
from recordings.calibrations import open_calibration, write_calibrating
from recordings.judgements import newest_score, write_judgement
from recordings.reviews import Marked, Marks, write_review
from recordings.samples import judged_calls, keep_sample
from recordings.tables import Finding

JUDGES = ("周质检", "吴质检")
CALLS = 48
FAULTS = (
    (Item.OPENING, "没有开头问候", "No greeting", -5, ""),
    (Item.CLOSING, "没有道别", "No farewell", -5, ""),
    (Item.LISTENING, "打断来电人", "Interrupts", -5, "您先听我说"),
    (Item.WORDING, "不归我管", "Buck-passing", -10, "这个不归我们管"),
    (Item.EMPATHY, "没有安抚", "No empathy", -5, "那我也没办法"),
)
"""Item, what it is called, points, and the words that show it."""


def judge_calls(archive: Archive, now: datetime) -> None:
    """Fill the desks of QA and of the agents."""
    random = Random(SEED)
    with archive.session() as s:
        for name in JUDGES:
            users.add_user(s, name=name, role="qa", password=PASSWORD, at=now)
        s.flush()
        judges, staff = ([users.known_user(s, name).id for name in names] for names in (JUDGES, AGENTS))
        for number in range(CALLS):
            at = now - timedelta(hours=2 + 14 * number)
            _judged(s, random, f"judged{number:02}", staff[number % len(staff)], at)
        for number in range(14, CALLS):
            call, agent = f"judged{number:02}", staff[number % len(staff)]
            _reviewed(s, random, call, agent, judges[number % 2], now - timedelta(hours=14 * number))
        since = now - timedelta(days=7)
        calls = judged_calls(s, since, now)
        chosen = {call.call_id: "fatal" if call.fatal else "share" for call in calls if random.random() < 0.6}
        keep_sample(
            s, judges[0], now, since=since, until=now, share=0.2, seed=20261126, chosen=chosen, calls=calls,
            reviewers=judges,
        )  # fmt: skip
        both = open_calibration(
            s, judges[0], "十一月校准", [f"judged{number:02}" for number in range(3, 9)], judges, now
        )
        for call in both.calls:
            for judge in judges:
                write_calibrating(s, both.id, call.call_id, judge, _marks(s, random, call.call_id), now)


def _judged(s: Session, random: Random, call: str, agent: int, at: datetime) -> None:
    """A call as the machine leaves it: some of the faults, seldom a fatal one."""
    caller = f"139{random.randint(0, 10**8 - 1):08}"
    ledger.open_call(s, call_id=call, channel_id=call, node="main", caller=caller, line="95598", at=at)
    ledger.entered(s, call, "person", at)
    agents.case_of_call(s, call, agent, caller, at)
    ledger.close_call(s, call, "spoken", at + timedelta(minutes=3))
    found = random.sample(FAULTS, random.choice((0, 0, 0, 1, 1, 2)))
    points = {item.value: worth for item, worth in WORTH.items()}
    fatal = random.random() < 0.03
    findings = []
    for item, zh, en, cost, words in found:
        points[item.value] = max(0, points[item.value] + cost)
        findings.append(
            Finding(
                rule=f"{item.value}.shown", zh=zh, en=en, item=item.value, channel="agent", points=cost, words=words,
                at=random.uniform(2, 150), fatal=False,
            )
        )  # fmt: skip
    score = 0 if fatal else sum(points.values())
    write_judgement(s, call, basis="1", score=score, fatal=fatal, points=points, measures={}, findings=findings, at=at)


def _marks(s: Session, random: Random, call: str) -> Marks:
    """The machine's points, now and then overruled."""
    score = newest_score(s, call)
    marks = []
    for item, left in score.points.items():
        worth, said = WORTH[Item(item)], left
        if random.random() < 0.06:
            said = worth if left < worth else max(0, left - 5)
        marks.append(Marked(item, left, said, "听了录音" if said != left else ""))
    return Marks(tuple(marks), 0 if score.fatal else sum(mark.points for mark in marks), score.fatal)


def _reviewed(s: Session, random: Random, call: str, agent: int, judge: int, at: datetime) -> None:
    """A person's sheet, and mostly the agent's answer to it."""
    review = write_review(
        s, call, judge, _marks(s, random, call), at, score_id=newest_score(s, call).id, agent_id=agent
    )
    s.flush()
    if (chance := random.random()) < 0.75:
        appeal = chance < 0.1
        text = "来电人自己说不用等了" if appeal else ""
        answer_review(s, call, review.id, agent, at + timedelta(hours=3), appeal=appeal, text=text)
