"""`lianxin doctor`: is everything there, and what to do about what is not."""

import typer


def doctor() -> None:
    """Check every part of the installation and name the mend for what is wrong.

    Ends with 1 when something is wrong; what is only worth knowing (a part that is not running, the trial model)
    does not count.

    Example: lianxin doctor
    """
    from rich.console import Console

    from lianxin.diagnosis import examine
    from lianxin.settings import Settings

    marks = {"well": "[green]✓[/]", "note": "[yellow]·[/]", "wrong": "[red]✗[/]"}
    console = Console(highlight=False, soft_wrap=True)
    wrong = 0
    for finding in examine(Settings()):
        console.print(f"{marks[finding.state]} {finding.part:<20}", end="")
        console.print(finding.says, markup=False)
        wrong += finding.state == "wrong"
    if wrong:
        raise typer.Exit(1)
