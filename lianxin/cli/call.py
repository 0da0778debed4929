"""`lianxin call`: ring the line like a caller would."""

from pathlib import Path
from typing import Annotated

import typer

PLAN_HELP = (
    "What to do, a comma list: keys (0-9, *, #), wait:SECONDS, say (the --say file; last when not in the plan), "
    "say:FILE, hangup."
)


def call(
    say: Annotated[
        Path | None, typer.Option(readable=False, help="Audio file to say; any format that libsndfile reads.")
    ] = None,
    press: Annotated[str, typer.Option("--press", metavar="PLAN", help=PLAN_HELP)] = "",
    listen: Annotated[
        Path | None, typer.Option(readable=False, help="WAV file to write what is heard into, 8 kHz.")
    ] = None,
    to: Annotated[str, typer.Option(help="SIP address; the local hotline of the settings when empty.")] = "",
    user: Annotated[
        str, typer.Option(help="SIP user; the hotline's trial phone when neither --to nor --user is given.")
    ] = "",
    password: Annotated[str, typer.Option(envvar="LIANXIN_CALL_PASSWORD", help="SIP password.")] = "",
    hang_up_after: Annotated[float, typer.Option(min=0.1, help="Hang up this many seconds after the answer.")] = 180.0,
    tones: Annotated[
        bool, typer.Option("--tones", help="Press keys as tones in the sound, like an old telephone; not RFC 4733.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object at the end instead of the timeline.")
    ] = False,
) -> None:
    """Call the line: dial, press keys, say audio files, write down what is heard.

    Without --hang-up-after it stays until the other side hangs up, three minutes at most. Ends with exit code 0 when
    the call came through.

    Example: lianxin call --say broken-lamp.wav --press "wait:8,1,wait:6,say,#" --listen heard.wav
    """
    import asyncio
    import json

    from lianxin.settings import Settings
    from lianxin.softphone.caller import Order, place_call
    from lianxin.softphone.plan import parse_plan
    from lianxin.softphone.process import PhoneEvent
    from lianxin.softphone.target import target
    from lianxin.softphone.timeline import told

    def show(event: PhoneEvent) -> None:
        if not as_json and (line := told(event)) is not None:
            typer.echo(line)

    plan = parse_plan(press, say)
    whom = target(Settings(), to, user, password)
    report = asyncio.run(place_call(Order(whom.to, whom.user, whom.password, plan, listen, hang_up_after, tones), show))
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        typer.echo(f"{report.seconds:.1f} s on the line" + (f"; heard in {listen}" if listen else ""))
