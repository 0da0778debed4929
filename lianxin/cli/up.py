"""`lianxin up`: everything on one machine."""

import typer


def up() -> None:
    """Run the whole hotline on this machine: Asterisk, controller, worker and console, until Ctrl-C.

    What dies is started again. Logs are in the var folder under log/.

    Example: LIANXIN_WEB__PORT=8090 lianxin up
    """
    import asyncio

    from lianxin.settings import Settings
    from lianxin.staying import stay_up

    asyncio.run(stay_up(Settings(), typer.echo))
