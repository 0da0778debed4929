"""`lianxin worker`: from recordings to transcribed calls."""


def worker() -> None:
    """Transcribe and sort recordings until stopped; a first SIGTERM or Ctrl-C lets the work in hand be finished.

    As many workers may run as there are machines. One that dies loses nothing: another takes over.

    Example: lianxin worker
    """
    import os
    import sys

    from lianxin.compose import make_celery, open_archive
    from lianxin.engines import at_once
    from lianxin.logs import set_up_logs
    from lianxin.settings import Settings
    from lianxin.worker_tools import make_tools
    from worker.running import run_worker

    settings = Settings()
    set_up_logs(settings.log)
    celery = make_celery(settings)
    archive = open_archive(settings)
    tools = make_tools(settings, archive, at_once(settings))
    code = run_worker(
        celery,
        tools,
        threads=settings.worker.threads or os.cpu_count() or 1,
        sweep=settings.worker.sweep,
        stalled=settings.worker.stalled,
    )
    archive.close()
    sys.exit(code)
