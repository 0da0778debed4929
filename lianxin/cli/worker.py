"""`lianxin worker`: from recordings to transcribed calls."""


def worker() -> None:
    """Transcribe and sort recordings until stopped; a first SIGTERM or Ctrl-C lets the work in hand be finished.

    As many workers may run as there are machines. One that dies loses nothing: another takes over.

    Example: lianxin worker
    """
    import os
    import sys

    from lianxin.compose import load_classifier, load_seal, make_celery, open_archive
    from lianxin.engines import at_once, load
    from lianxin.logs import set_up_logs
    from lianxin.quality_rules import load_rules
    from lianxin.settings import Settings
    from worker.running import run_worker
    from worker.tools import Tools

    settings = Settings()
    set_up_logs(settings.log)
    celery = make_celery(settings)
    archive = open_archive(settings)
    engine, by_flow = load(settings, at_once(settings))
    tools = Tools(
        archive,
        engine,
        load_classifier(settings),
        rulebook=load_rules(settings),
        seal=load_seal(settings),
        engines_by_flow=by_flow,
    )
    code = run_worker(
        celery,
        tools,
        threads=settings.worker.threads or os.cpu_count() or 1,
        sweep=settings.worker.sweep,
        stalled=settings.worker.stalled,
    )
    archive.close()
    sys.exit(code)
