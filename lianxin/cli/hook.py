"""`lianxin hook`: other programs that are told what happens."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.books import books

if TYPE_CHECKING:
    pass

app = typer.Typer(help="Web hooks: other programs that are told what happens.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="Its number, as `lianxin hook list` shows it.")]


@app.callback()
def _hook() -> None:
    """Web hooks: other programs that are told what happens."""


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Where we send, by POST.")],
    event: Annotated[list[str], typer.Option(help="What is told, such as call.transcribed; may come again.")],
) -> None:
    """Tell an address what happens from now on; prints the secret with which what we send is signed.

    Events: call.began, call.ended, call.transcribed, call.understood, category.corrected, case.moved, finding.fatal.

    Example: lianxin hook add https://crm.example/lianxin --event call.transcribed --event finding.fatal
    """
    from recordings.hooks import add_hook, secret_of

    with books() as (session, _):
        hook = add_hook(session, url=url, events=event, at=datetime.now(UTC))
        secret = secret_of(session, hook)
    print(f"Hook {hook.id} tells {hook.url}: {hook.events}")
    print(f"Its secret: {secret}")
    if hook.url.startswith("http:"):
        print("What is sent there can be read on the way; https:// would not let it.")


@app.command("list")
def list_hooks() -> None:
    """Show every hook, what waits for it, and what was given up.

    Example: lianxin hook list
    """
    from recordings.hook_standing import hooks_standing

    with books() as (session, _):
        standing = hooks_standing(session)
        if not standing:
            print("There are no hooks; add one with: lianxin hook add URL --event call.transcribed")
        for hook in standing:
            print(f"{hook.id}  {hook.url}  {' '.join(hook.events)}")
            counts = f"{hook.delivered} delivered, {hook.waiting} waiting, {hook.given_up} given up"
            print(f"   {counts}{'; last answer: ' if hook.answer else ''}{hook.answer}")


@app.command()
def remove(number: Number) -> None:
    """Tell an address nothing more.

    Example: lianxin hook remove 1
    """
    from recordings.hooks import remove_hook

    with books() as (session, _):
        hook = remove_hook(session, number, datetime.now(UTC))
    print(f"{hook.url} is told nothing more.")


@app.command()
def retry(number: Number) -> None:
    """Say again what was given up, for instance when the other side was away for days.

    Example: lianxin hook retry 1
    """
    from recordings.hooks import try_again

    with books() as (session, _):
        count = try_again(session, number, datetime.now(UTC))
    print(f"{count} will be said again.")
