"""The API does as it says of itself: questions made from its description, good and bad, and a look at every answer."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from recordings import users
from web.api.desk import OPERATIONS
from web.api.pace import Pace
from web.live import bell, stream

EXAMPLES = {GenerationMode.POSITIVE: 3, GenerationMode.NEGATIVE: 4}
"""Questions for each operation; `EXAMPLES` of hundreds find no more so far, and take minutes."""
CAN_BE_WRONG = {each.name for each in OPERATIONS if each.asks or each.takes or "<int:" in each.path}
"""Operations of which a question can be against the description: any text may be an id."""


@pytest.mark.parametrize("mode", EXAMPLES)
def test_every_answer_is_one_that_the_description_names(archive, exchange, program, app, monkeypatch, mode) -> None:
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    monkeypatch.setattr(bell, "EVERY", 0.0)
    call = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        user = users.known_user(s, "li")
        user.role = "supervisor"
    crm, asked = program(), set()
    app.extensions["lianxin.pace"] = Pace(10**9)
    document = crm.asks("/openapi.json")
    known = {"call_id": call, "recording_id": "rec0001", "number": 100001, "day": "2026-03-02"}
    for method in (method for path in document["paths"].values() for method in path.values()):
        for parameter in method["parameters"]:
            if mode is GenerationMode.POSITIVE and parameter["in"] == "path":
                parameter["schema"] = {"enum": [known[parameter["name"]]]}
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and operation.definition.raw["operationId"] not in CAN_BE_WRONG:
            continue

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES[mode], deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def ask(case) -> None:
            asked.add(case.operation.label)
            case.call_and_validate(headers=crm.key)

        ask()
    assert len(asked) >= len(OPERATIONS if mode is GenerationMode.POSITIVE else CAN_BE_WRONG)
