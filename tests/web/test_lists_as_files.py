"""Every list that somebody may see is there as CSV and XLSX, under the filters of its page, and is written down."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from orders.cases import describe_case
from orders.commitments import Promised
from orders.districts import set_district
from orders.outages import add_outage, end_outage
from recordings import agents, users
from recordings.appeals import answer_review
from recordings.archive import Archive
from recordings.calibrations import open_calibration
from recordings.examples import keep_example
from recordings.judgements import newest_score, write_judgement
from recordings.reviews import Marks, reviews_of_call, write_review
from recordings.samples import judged_calls, keep_sample
from recordings.tables import Audit, Case
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from tests.web.quality_calls import judged_call


@pytest.fixture
def busy(archive: Archive, exchange: Exchange, root: Agent) -> str:
    """Something in every list; the id of the call that all is about."""
    call = exchange.call("停电了", category="repair", caller="=13911112222")
    with archive.session() as s:
        me = users.known_user(s, "root").id
        case = s.scalars(select(Case)).one()
        at = NOON + timedelta(hours=1)
        describe_case(s, case.number, contact="=1+1", district="1", promised=Promised.ARRIVAL, promised_at=at)
        set_district(s, key="1", name="城区", area="urban")
        add_outage(s, district="1", since=NOON, area="@东湖")
        end_outage(s, add_outage(s, district="1", since=NOON, area="旧的").id, NOON)
        users.set_districts(s, "li", ["1"], NOON)
        write_judgement(s, call, basis="1", score=100, fatal=False, points={}, measures={}, findings=[], at=NOON)
        days = NOON - timedelta(days=1), NOON + timedelta(days=1)
        calls = judged_calls(s, *days)
        keep_sample(
            s, me, NOON, since=days[0], until=days[1], share=1, seed=7, chosen={call: "share"}, calls=calls,
            reviewers=[me],
        )  # fmt: skip
        other = users.add_user(s, name="qian", role="qa", password=PASSWORD, at=NOON).id
        third = users.add_user(s, name="sun", role="qa", password=PASSWORD, at=NOON).id
        open_calibration(s, other, "both", [call], [other, third], NOON)
        agents.add_agent(s, "root", NOON)
    best = marked(archive, exchange, "root", 87)
    doubtful = marked(archive, exchange, "root", 55)
    with archive.session() as s:
        review = reviews_of_call(s, doubtful)[-1].id
        answer_review(s, doubtful, review, me, NOON, appeal=True, text="=那是线路的声音")
        keep_example(s, best, other, "good", "先道歉再查", NOON)
        keep_example(s, call, other, "bad", "=没有问地址", NOON)
    return call


def marked(archive: Archive, exchange: Exchange, name: str, score: int) -> str:
    """A call of this week, of this agent, to which Qian gave so many points; the machine gave all."""
    call = judged_call(exchange, name, at=datetime.now(UTC))
    with archive.session() as s:
        judged = newest_score(s, call)
        assert judged is not None
        given = Marks((), score, False)
        write_review(
            s, call, users.known_user(s, "qian").id, given, NOON, score_id=judged.id,
            agent_id=users.known_user(s, name).id, seen=0,
        )  # fmt: skip
    return call


LISTS = {
    "/cases/export": ["100001", "报修", "城区", "'=1+1", "到场", "2026-03-02 13:00", "待处理"],
    "/outages/export": ["城区", "'@东湖", "线路故障", "2026-03-02 12:00"],
    "/people/export": ["li", "坐席", "城区", "root", "管理员"],
    "/audit/export": ["signed-in", "root"],
    "/quality/samples": ["2026-03-02 12:00", "root", "100", "7", "1", "0"],
    "/quality/waiting": ["随机", "call0001"],
    "/quality/appeals": ["call0003", "root", "55", "qian", "'=那是线路的声音"],
    "/quality/calibrations": ["both", "1", "qian、sun"],
    "/quality/calibrations/1/agreement": ["开头语", "0"],
    "/scores": ["call0002", "87", "100", "等坐席看"],
    "/quality/agents/2": ["call0002", "87", "100", "等坐席看"],
    "/quality/examples": ["好案例", "call0002", "root", "先道歉再查", "反面案例", "不知道是谁", "'=没有问地址", "qian"],
    "/floor": ["root", "未签入", "0"],
}
FOR_AGENTS = {"/scores", "/quality/examples"}
"""Lists that an agent has too."""


@pytest.mark.usefixtures("busy")
def test_every_list_comes_as_csv_and_as_xlsx_and_each_time_is_written_down(root: Agent, archive: Archive) -> None:
    for address, held in LISTS.items():
        answer = root.client.get(f"{address}.csv")
        assert answer.status_code == 200, address
        assert answer.data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
        head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert set(held) <= {cell for row in rows for cell in row}, address
        assert all(len(row) == len(head) for row in rows), address
        answer = root.client.get(f"{address}.xlsx")
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.data)).read("xl/worksheets/sheet1.xml")
        assert root.client.get(f"{address}.exe").status_code == 400, address
    with archive.reading() as s:
        taken = s.scalars(select(Audit.target).where(Audit.action == "exported")).all()
    assert len(taken) == 2 * len(LISTS)
    assert not [target for target in taken if "1391111" in target or "东湖" in target]


@pytest.mark.usefixtures("busy")
def test_each_page_leads_to_its_file_with_its_filters(root: Agent) -> None:
    for page, link in (
        ("/cases?view=overdue", "/cases/export.csv?view=overdue"),
        ("/outages?ended=1", "/outages/export.xlsx?ended=1"),
        ("/outages", '/outages/export.xlsx"'),
        ("/people", "/people/export.csv"),
        ("/audit?user=root", "/audit/export.csv?user=root"),
        ("/quality", "/quality/waiting.csv"),
        ("/quality", "/quality/appeals.xlsx"),
        ("/quality/samples", "/quality/samples.csv"),
        ("/quality/calibrations", "/quality/calibrations.csv"),
        ("/quality/calibrations/1", "/quality/calibrations/1/agreement.xlsx"),
        ("/scores", "/scores.xlsx"),
        ("/quality/agents/2", "/quality/agents/2.csv"),
        ("/quality/examples", "/quality/examples.csv"),
        ("/floor", "/floor.csv"),
    ):
        assert link in root.sees(page), page


@pytest.mark.usefixtures("busy")
def test_a_file_holds_what_its_filters_leave(root: Agent) -> None:
    assert "旧的" not in root.client.get("/outages/export.csv").text
    assert "旧的" in root.client.get("/outages/export.csv?ended=1").text
    assert "100001" not in root.client.get("/cases/export.csv?view=mine").text
    assert root.client.get("/cases/export.csv?view=none").status_code == 400
    assert "signed-in" not in root.client.get("/audit/export.csv?user=li").text


@pytest.mark.usefixtures("busy")
def test_an_agent_takes_no_list_of_others_away_and_is_shown_no_way_to(agent: Agent) -> None:
    for address in LISTS.keys() - FOR_AGENTS:
        assert agent.client.get(f"{address}.csv").status_code == 404, address
    for page in ("/cases", "/outages"):
        assert "export" not in agent.sees(page)


@pytest.mark.usefixtures("busy")
def test_nobody_reads_the_others_marks_out_of_a_file_before_giving_the_own(someone: Callable[[], Agent]) -> None:
    qian = someone()
    qian.signs_in("qian")
    assert qian.client.get("/quality/calibrations/1/agreement.csv").status_code == 404


@pytest.mark.usefixtures("busy")
def test_an_agent_takes_the_own_sheets_away_and_nobody_elses(
    agent: Agent, archive: Archive, exchange: Exchange
) -> None:
    mine = marked(archive, exchange, "li", 64)
    rows = [*csv.reader(io.StringIO(agent.client.get("/scores.csv").data.decode("utf-8-sig")))]
    assert [row[1:] for row in rows] == [
        ["通话编号", "总分", "机器评分", "一票否决", "状态"],
        [mine, "64", "100", "", "等坐席看"],
    ]
    assert agent.client.get("/quality/agents/1.csv").status_code == 404


@pytest.mark.usefixtures("busy")
def test_an_agent_learns_from_a_file_that_names_no_colleague(agent: Agent) -> None:
    file = agent.client.get("/quality/examples.csv").text
    assert "先道歉再查" in file
    assert "root" not in file
