"""`lianxin worker`: from recordings to transcribed calls."""


def worker() -> None:
    """Transcribe and sort recordings until stopped; a first SIGTERM or Ctrl-C lets the work in hand be finished.

    When another model is chosen in the console, it finishes the work in hand and begins anew with that.
    As many workers may run as there are machines. One that dies loses nothing: another takes over.

    Example: lianxin worker
    """
    import os
    import sys

    from lianxin.compose import make_celery, open_archive
    from lianxin.engines import Said
    from lianxin.logs import set_up_logs
    from lianxin.settings import Settings
    from lianxin.worker_tools import make_tools_as_said
    from recordings.amendments import models_said
    from worker.running import BEGIN_ANEW, run_worker

    settings = Settings()
    set_up_logs(settings.log)
    celery = make_celery(settings)
    archive = open_archive(settings)

    def said() -> Said:
        with archive.reading() as s:
            return models_said(s)

    known = said()
    tools = make_tools_as_said(settings, archive, known)
    code = run_worker(
        celery,
        tools,
        threads=settings.worker.threads or os.cpu_count() or 1,
        sweep=settings.worker.sweep,
        stalled=settings.worker.stalled,
        outdated=lambda: said() != known,
    )
    archive.close()
    if code == BEGIN_ANEW:  # In the same process, so that whoever watches it notices nothing.
        os.execv(sys.executable, [sys.executable, "-m", "lianxin", "worker"])
    sys.exit(code)
