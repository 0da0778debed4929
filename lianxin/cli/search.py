"""`lianxin search`: the list of calls and its index of words."""

import typer

app = typer.Typer(help="What calls are found by.", no_args_is_help=True)


@app.callback()
def _search() -> None:
    """What calls are found by."""


@app.command()
def rebuild() -> None:
    """Draw up the list of calls and its index of words anew, from what the archive holds; others wait meanwhile.

    Both are kept in step with every change; do it after the database was changed by hand.

    Example: lianxin search rebuild
    """
    from sqlalchemy import func, select

    from lianxin.cli.progress import bar
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.listing import rebuild as draw_up
    from recordings.tables import Call

    archive = open_archive(Settings(), create=False)
    with archive.session() as session, bar() as progress:
        total = session.scalar(select(func.count()).select_from(Call)) or 0
        task = progress.add_task("Listing calls", total=total)
        count = draw_up(session, lambda calls: progress.advance(task, calls))
    archive.close()
    print(f"{count} calls are listed and their words indexed.")
