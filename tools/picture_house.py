"""A made-up hotline in full swing for the pictures of the desks: nine days of calls, and what is going on right now."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from lianxin.bench.sentences import category, passages
from orders.cases import describe_case, move_case
from orders.commitments import Promised
from orders.districts import set_district
from orders.outages import add_outage
from orders.states import CaseState
from recordings import agents, hooks, ledger, stages, users
from recordings.announcing import ANNOUNCED
from recordings.archive import Archive
from recordings.tables import HookDelivery, Turn
from recordings.tokens import make_token

SEED = 20260302
PASSWORD = "a picture for the readme"
DISTRICTS = (("1", "城区", "urban"), ("2", "开发区", "urban"), ("3", "南山乡", "rural"))
MODEL = "vosk-model-cn-0.22"
AGENTS = ("王芳", "李强", "赵敏", "陈静")
BUSY = (1, 1, 1, 1, 1, 2, 4, 7, 12, 14, 13, 10, 8, 9, 11, 12, 11, 13, 16, 18, 14, 9, 5, 2)
"""Calls in each hour of an ordinary day."""


def furnish(archive: Archive, now: datetime, zone: ZoneInfo) -> None:
    """Fill an empty archive. `now` is in UTC."""
    random, today = Random(SEED), now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    with archive.session() as s:
        for key, name, area in DISTRICTS:
            set_district(s, key=key, name=name, area=area)
        users.add_user(s, name="刘班长", role="admin", password=PASSWORD, at=now)
        for name in AGENTS:
            users.add_user(s, name=name, password=PASSWORD, at=now)
            agents.add_agent(s, name, now)
        ledger.beat(s, "worker:this machine", now, model=MODEL, trial=False)
        ledger.beat(s, "controller:main", now)
        back = now + timedelta(hours=2)
        add_outage(s, district="3", since=now - timedelta(minutes=50), area="南山村一组、二组", expected_back=back)
    callers = [f"139{random.randint(0, 10**8 - 1):08}" for _ in range(400)]
    for day in range(-8, 1):
        for hour, busy in enumerate(BUSY):
            for _ in range(round(busy * random.uniform(0.6, 1.4))):
                at = (today + timedelta(days=day, hours=hour, minutes=random.uniform(0, 60))).astimezone(UTC)
                if at < now - timedelta(minutes=15):
                    _call(archive, random, random.choice(callers), at, now)


def _call(archive: Archive, random: Random, caller: str, at: datetime, now: datetime) -> None:
    """One call as telephone and worker leave it; without sound, which no picture of a list shows."""
    about = category(random)
    storm = about == "repair" and at > now - timedelta(days=2)
    said = ["台风来了", *passages(random, about)] if storm and random.random() < 0.4 else passages(random, about)
    call, recording = f"{random.getrandbits(64):x}", f"{random.getrandbits(64):x}"
    district = random.choice("1112233 ").strip()
    with archive.session() as s:
        ledger.open_call(s, call_id=call, channel_id=call, node="main", caller=caller, line="95598", at=at)
        ledger.entered(s, call, about, at)
        ledger.request_recording(s, call_id=call, side="caller", recording_id=recording, at=at)
        number = ledger.open_case(s, call_id=call, flow=about, at=at)
        kept = ledger.recording_of(s, recording)
        kept.state, kept.stage, kept.settled_at, kept.duration = "stored", "queued", at, 40.0
        due = at + timedelta(minutes=random.choice((45, 90, 120)))
        promised = Promised.ARRIVAL if about == "repair" else Promised.CONTACT if about == "complaint" else None
        describe_case(
            s, number, contact=caller, district=district, promised=promised, promised_at=due if promised else None
        )
        done = due + timedelta(minutes=random.choice((-30, -20, -15, -10, 10)))
        if done < now - timedelta(hours=2):
            move_case(s, number, CaseState.DONE, done)
        ledger.close_call(s, call, random.choice(("reported",) * 9 + ("hung-up",)), at + timedelta(seconds=70))
        clock, turns = 1.0, []
        for passage in said:
            words = [passage[i : i + 2] for i in range(0, len(passage), 2)]
            starts = [clock + i * 0.4 for i in range(len(words))]
            timed = [
                {"word": word, "start": start, "end": start + 0.3, "confidence": 0.9}
                for word, start in zip(words, starts, strict=True)
            ]
            turns.append(Turn(start=clock, end=starts[-1] + 0.4, text=passage, words=timed))
            clock += len(words) * 0.4 + 0.8
        written = stages.write_transcript(s, recording, model=MODEL, text="，".join(said), turns=turns, at=at)
        stages.write_verdict(
            s, recording, transcript_id=written.id if written else 0, category=about, second="", confidence=0.93,
            urgency="urgent" if about == "repair" and "变压器那里冒烟" in said else "normal", evidence=[], at=at,
        )  # fmt: skip


def right_now(archive: Archive, now: datetime) -> None:
    """Two talk, one is held, one is at lunch; three wait, one is in the menu; other programs are told.

    After all calls that have ended: whoever answered those is free again.
    """
    with archive.session() as s:
        agents.tidy(s, now)
        seats = [users.known_user(s, name) for name in AGENTS]
        for seat, state in zip(seats, (agents.READY, agents.READY, agents.READY, agents.PAUSED), strict=True):
            agents.set_state(s, seat.id, state, now - timedelta(minutes=95), "meal" if state == agents.PAUSED else "")
        for place, minutes in enumerate((13, 9, 6, 4, 2, 1)):
            call, at = f"now{place}", now - timedelta(minutes=minutes)
            caller = f"1380013{minutes:04}"
            ledger.open_call(s, call_id=call, channel_id=call, node="main", caller=caller, line="95598", at=at)
            ledger.entered(s, call, ("person", "person", "person", "person", "person", "repair")[place], at)
            if place < 2:
                agents.case_of_call(s, call, seats[place].id, caller, at + timedelta(minutes=1))
            elif place < 5:
                agents.joined(s, call, at + timedelta(seconds=20), first=place == 4)
        ledger.log_event(s, "now1", "agent-hold", now)
        for place, minutes in ((2, -12), (3, 35), (4, 80)):
            number = ledger.open_case(s, call_id=f"now{place}", flow="repair", at=now)
            due = now + timedelta(minutes=minutes)
            describe_case(s, number, district=str(place - 1), promised=Promised.ARRIVAL, promised_at=due)
        make_token(s, name="停电地图", user="刘班长", scopes=["calls", "cases"], at=now, lasts=timedelta(days=365))
        hook = hooks.add_hook(s, url="https://crm.example/lianxin", events=ANNOUNCED, at=now)
        for number in range(6):
            good = number < 5
            s.add(
                HookDelivery(
                    hook_id=hook.id, call_id=f"now{number}", event="call.began", at=now, data={}, tries=1,
                    state="delivered" if good else "waiting", next_at=now + timedelta(minutes=1),
                    answer="204 No Content" if good else "503 Service Unavailable",
                )
            )  # fmt: skip
