"""`lianxin demo`: six real calls, from the telephone to the console."""

from typing import Annotated

import typer


def demo(
    leave: Annotated[bool, typer.Option("--exit", help="Stop everything at the end instead of staying up.")] = False,
) -> None:
    """Start a hotline on free ports, place six real calls, and show what was understood.

    The report is written to <var>/demo/report.json. Ends with 0 only if all six calls came through.

    Example: lianxin demo --exit
    """
    import asyncio

    from rich.console import Console

    from lianxin.demo.run import run_demo
    from lianxin.settings import Settings

    if not asyncio.run(run_demo(Settings(), stay=not leave, console=Console(highlight=False))):
        raise typer.Exit(1)
