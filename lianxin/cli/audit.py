"""`lianxin audit`: the measures, findings and score of one call."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from quality.leg_sound import LegSound
    from quality.turns import Channel, Turn


def audit(
    agent: Annotated[Path | None, typer.Option("--agent", metavar="WAV", help="The agent's leg, a sound file.")] = None,
    caller: Annotated[
        Path | None, typer.Option("--caller", metavar="WAV", help="Sound file of the caller's leg.")
    ] = None,
    turns: Annotated[
        Path | None,
        typer.Option("--turns", metavar="JSON", help='What was said: [{"channel", "start", "end", "text"}].'),
    ] = None,
    hung_up: Annotated[
        str | None, typer.Option("--hung-up", metavar="agent|caller", help="Who ended the call, where it is known.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Another model than that of the settings.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the tone of a call and hold the rules for politeness against it.

    Give both legs, which begin at the same moment, or the turns; or all three, and nothing is transcribed.

    Example: lianxin audit --agent agent.wav --caller caller.wav --json
    """
    from lianxin.quality_rules import load_rules
    from lianxin.settings import Settings
    from quality.judging import judge
    from quality.record import as_record

    if turns is None and agent is None and caller is None:
        raise typer.BadParameter("give --agent and --caller, or --turns", param_hint="audit")
    if hung_up not in (None, "agent", "caller"):
        raise typer.BadParameter("give agent or caller", param_hint="--hung-up")
    settings = Settings()
    book = load_rules(settings)
    legs: dict[Channel, Path] = {}
    if agent:
        legs["agent"] = agent
    if caller:
        legs["caller"] = caller
    said = _read_turns(turns) if turns else ()
    sounds = {side: _listen(path) for side, path in legs.items()}
    said = said if turns else _transcribed(legs, settings, model)
    judgement = judge(book, said, sounds, hung_up)  # type: ignore[arg-type]  # narrowed above
    if as_json:
        typer.echo(json.dumps(as_record(judgement), ensure_ascii=False, allow_nan=False))
    else:
        from lianxin.cli.audit_report import print_report

        print_report(judgement, book)


def _read_turns(path: Path) -> "tuple[Turn, ...]":
    from quality.errors import TurnsInvalid
    from quality.turns import read_turns

    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise TurnsInvalid(f"{path}: {error.strerror}; give a readable file of turns") from error
    except (ValueError, RecursionError) as error:
        raise TurnsInvalid(f"{path}: this is no JSON ({str(error).splitlines()[0][:80]}); mend it there") from error
    try:
        return read_turns(value)
    except TurnsInvalid as error:
        raise TurnsInvalid(f"{path}: {error}") from error


def _listen(path: Path) -> "LegSound":
    from asr.audio import audio_blocks
    from quality.leg_sound import listen

    with audio_blocks(path) as (rate, blocks):
        return listen(blocks, rate)


def _transcribed(legs: "dict[Channel, Path]", settings: Any, model: str | None) -> "tuple[Turn, ...]":
    from asr.audio import read_audio
    from asr.listen import transcribe
    from asr.models import resolve_model
    from asr.vosk_engine import VoskEngine
    from quality.turns import TimedWord, Turn

    folder = settings.var.expanduser() / "models"
    engine = VoskEngine(resolve_model(settings.asr.model if model is None else model, folder))
    trial = " (for TRIAL only: it hears real people poorly)" if engine.trial else ""
    typer.echo(f"model: {engine.name}{trial}", err=True)
    turns = []
    for side, path in legs.items():
        for passage in transcribe(read_audio(path), engine).passages:
            if passage.words:
                words = tuple(TimedWord(word.word, word.start) for word in passage.words)
                turns.append(Turn(side, passage.words[0].start, passage.words[-1].end, passage.text, words))
    return tuple(turns)
