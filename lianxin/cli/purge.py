"""`lianxin purge`: what has been kept for long enough goes."""

from typing import Annotated

import typer


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many calls would go.")] = False,
) -> None:
    """Remove the calls that were kept for long enough: recordings, words, and all else.

    For how long is said in the console, or else in the settings [retention].

    Nothing brings them back. The audit keeps that they went. Run it once a day, for example from cron.

    Example: lianxin purge --dry-run
    """
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from lianxin.cli.progress import bar
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings.amendments import terms_in_force
    from recordings.purging import purge as remove
    from recordings.retention import Terms, count_due

    settings = Settings()
    archive = open_archive(settings, create=False)
    zone, now = ZoneInfo(settings.timezone), datetime.now(UTC)
    with archive.reading() as session:
        terms = terms_in_force(session, Terms(settings.retention.days, settings.retention.days_by_category))
        due = count_due(session, terms, now.astimezone(zone).date(), zone)
    if dry_run:
        print(f"{due} calls have been kept for long enough and would go; without --dry-run they do.")
    else:
        with bar() as progress:
            task = progress.add_task("Removing calls", total=due)
            gone = remove(archive, terms, now, zone, lambda calls: progress.advance(task, calls))
        print(f"{gone.calls} calls and {gone.files} files are removed.")
    archive.close()
