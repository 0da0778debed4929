"""`lianxin transcribe`: sound files into words, by the same path as the hotline's own recordings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from asr.audio import Channel
    from asr.engine import Engine
    from asr.homophones import Lexicon
    from asr.legs import Leg
    from asr.transcript import Passage, Transcript, Word


def transcribe(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Sound files: WAV, FLAC, OGG, MP3 …, any rate.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each file, one a line.")] = False,
    model: Annotated[
        str | None, typer.Option(help="An installed model's name, or a model folder; asr.model when not given.")
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(metavar="1|2|mix", help="Hear one channel of a stereo file, or mix; both when not given."),
    ] = None,
) -> None:
    """Write down what is said in sound files.

    Of a stereo file each channel is a side of the call, and their turns are merged. A file that breaks off is written
    down up to there, and that is said. A file that cannot be read is named on standard error, the others are still
    written down, and the exit code is 2.

    Example: lianxin transcribe call.wav interview.mp3 --channel 1 --json
    """
    import json

    from asr.errors import AsrError, shown
    from asr.legs import open_legs
    from lianxin.compose import load_engine, load_lexicon
    from lianxin.settings import Settings

    voice = _channel(channel)
    settings = Settings()
    engine, lexicon = load_engine(settings, model), load_lexicon(settings)
    trial = " (for TRIAL only: it hears real people poorly)" if engine.trial else ""
    typer.echo(f"model: {engine.name}{trial}", err=True)
    failed = False
    for file in files:
        path = Path(file)
        try:
            legs = [_heard(shown(path.name), leg, engine, lexicon) for leg in open_legs(path, voice)]
        except AsrError as error:
            typer.echo(f"lianxin: {error}", err=True)
            failed = True
            continue
        if legs[0].damage:
            typer.echo(f"lianxin: {shown(file)}: {legs[0].damage}; it is written down up to there.", err=True)
        if as_json:
            typer.echo(json.dumps(_as_json(shown(file), legs), ensure_ascii=False))
        else:
            typer.echo(_as_text(shown(file), legs))
    if failed:
        raise typer.Exit(2)


def _channel(given: str | None) -> "Channel":
    if given is None or given == "mix":
        return given  # type: ignore[return-value]  # narrowed to the literal by the comparison
    if given.isdecimal() and int(given) > 0:
        return int(given)
    raise typer.BadParameter("give 1, 2 or mix", param_hint="--channel")


def _heard(name: str, audio: "Leg", engine: "Engine", lexicon: "Lexicon") -> "Transcript":
    """Transcribe one file; the bar is gone before anything is printed, so the two never mix on a screen."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from asr.listen import transcribe as listen

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f} s"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(name, total=audio.duration)
        return listen(audio, engine, lambda done: bar.update(task, completed=done), lexicon)


def _as_json(path: str, legs: "list[Transcript]") -> dict[str, Any]:
    """The answer for a machine: seconds to the millisecond, confidence 0 to 1."""
    from asr.turns import merged

    turns = merged(legs)
    return {
        "path": path,
        "duration": round(legs[0].duration, 3),
        "text": "，".join(turn.passage.text for turn in turns),
        "words": [_word(word) for turn in turns for word in turn.passage.words],
        "turns": [
            {
                "channel": turn.leg,
                "start": round(turn.start, 3),
                "end": round(turn.end, 3),
                "text": turn.passage.text,
                "reading": _reading(turn.passage),
                "words": len(turn.passage.words),
            }
            for turn in turns
        ],
        "damage": legs[0].damage,
        "model": legs[0].model,
    }


def _reading(passage: "Passage") -> str:
    """As people read it: with signs, and numbers in figures."""
    from asr.reading import read

    return "".join(piece.text for piece in read(passage.words))


def _word(word: "Word") -> dict[str, Any]:
    return {
        "word": word.word,
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "confidence": round(word.confidence, 3),
        **({"heard": word.heard} if word.heard else {}),
    }


def _as_text(path: str, legs: "list[Transcript]") -> str:
    """The answer for a reader: a line for each turn, with the minute and second where it begins, and who speaks."""
    from asr.turns import merged

    lines = [f"{path} ({legs[0].duration:.1f} s)"]
    turns = merged(legs)
    for turn in turns:
        minutes, seconds = divmod(int(turn.start), 60)
        who = f"{turn.leg}: " if len(legs) > 1 else ""
        lines.append(f"  {minutes:02}:{seconds:02}  {who}{_reading(turn.passage)}")
    if not turns:
        lines.append("  (nobody speaks)")
    return "\n".join(lines)
