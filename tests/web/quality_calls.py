"""Judged calls with an agent, for the tests of the quality desk."""

from datetime import datetime

from sqlalchemy import select

from quality.sheet import WORTH
from recordings import users
from recordings.judgements import write_judgement
from recordings.tables import Case, Finding, User
from web.quality.marks_form import machine_sheet

PASSWORD = "long enough to be good"


def hire(archive, at: datetime, **roles: str) -> dict[str, int]:
    """Users by name and role; their ids."""
    with archive.session() as s:
        return {
            name: users.add_user(s, name=name, password=PASSWORD, role=role, at=at).id for name, role in roles.items()
        }


def judged_call(exchange, agent: str, *, lost: dict[str, int] | None = None, fatal: bool = False, at=None) -> str:
    """A call of an agent that the machine has judged: so many points lost of some items."""
    call_id = exchange.call("你们怎么又停电了", category="complaint", at=at)
    points = {item.value: worth for item, worth in WORTH.items()}
    for item, many in (lost or {}).items():
        points[item] -= many
    recording = f"rec{exchange.taken:04}"
    findings = [
        Finding(
            rule=f"fault.{item}", zh="不归我管", en="Buck-passing", item=item, channel="agent", at=3.5, points=-many,
            recording_id=recording, second=3.5, words="这个不归我们管", fatal=fatal,
        )
        for item, many in (lost or {}).items()
    ]  # fmt: skip
    with exchange.archive.session() as s:
        owner = s.scalars(select(User).where(User.name == agent)).one()
        s.scalars(select(Case).where(Case.call_id == call_id)).one().owner_id = owner.id
        write_judgement(
            s, call_id, basis="1", score=machine_sheet(points, fatal).score, fatal=fatal, points=points,
            findings=findings, at=owner.created_at, measures={},
        )  # fmt: skip
    return call_id
