"""`lianxin web`: the console."""

from typing import Annotated

import typer

HOOKS_EVERY = 2.0
"""Seconds between two looks at what web hooks are to be told."""


def web(
    host: Annotated[str | None, typer.Option(help="Address to listen on; web.host when not given.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; web.port when not given.")] = None,
) -> None:
    """Serve the console, where agents find, hear, read and correct the calls, and the API, and tell web hooks what
    happens, until stopped.

    The first start of all makes the user admin and prints a one-time password.

    Example: lianxin web --port 8090
    """
    import signal
    import sys
    from contextlib import closing
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from lianxin.asterisk.secrets import kept_secret
    from lianxin.calling_back import way_out_lacks
    from lianxin.compose import load_seal, open_archive
    from lianxin.errors import SettingsInvalid
    from lianxin.insight import HotlineInsight
    from lianxin.logs import set_up_logs
    from lianxin.settings import Settings
    from lianxin.single_signs import leave_phrases_out

    leave_phrases_out()
    from recordings.users import FIRST_ADMIN, make_first_admin
    from recordings.vault import seal_secrets
    from web.app import create_app
    from web.helping.helped import Helped
    from web.hooks.sending import Sender
    from web.quality.terms import QualityTerms
    from web.serving import get_ready, open_server
    from worker.rounds import Rounds

    settings = Settings()
    set_up_logs(settings.log)
    try:
        zone = ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zones = f"there is no time zone {settings.timezone!r}; set timezone to one such as Asia/Shanghai"
        raise SettingsInvalid(zones) from None
    archive = open_archive(settings)
    secret_key = kept_secret(settings.var.expanduser() / "secrets", "web-key")
    app = create_app(
        archive,
        secret_key=secret_key,
        zone=zone,
        tls=settings.web.proxy is not None,
        idle=timedelta(minutes=settings.web.idle_minutes),
        calls_back=not way_out_lacks(settings),
        api_per_minute=settings.web.api_per_minute,
        second_factor=settings.web.second_factor,
        seal=load_seal(settings),
        insight=HotlineInsight(settings),
        quality=QualityTerms(
            settings.quality.praise_from, settings.quality.warn_below, settings.quality.fewest_reviews
        ),
    )
    address, number = host or settings.web.host, settings.web.port if port is None else port
    get_ready()
    with closing(archive), closing(Helped(app.wsgi_app, settings.web.helpers, before_fork=archive.close)) as helped:
        app.wsgi_app = helped  # type: ignore[method-assign]
        with closing(open_server(app, address, number, str(settings.web.proxy or ""))) as server:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            with archive.session() as session:
                seal_secrets(session)
                password = make_first_admin(session, datetime.now(UTC))
            if password:
                typer.echo(
                    f"Sign in as {FIRST_ADMIN} with the one-time password {password} (changed at the first sign-in)"
                )
            typer.echo(f"Console: http://{address}:{number}/")
            with Rounds("hooks", HOOKS_EVERY, Sender(archive).round):
                server.run()
