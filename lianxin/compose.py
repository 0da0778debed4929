"""Builds the parts from the settings and hands each what it needs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.orm import Session

from lianxin.settings import Settings
from recordings.archive import Archive

if TYPE_CHECKING:
    from celery import Celery

    from asr.engine import Engine
    from asr.homophones import Lexicon
    from recordings.sealing import Seal
    from triage.classifier import Classifier


T = TypeVar("T")


def var_of(settings: Settings) -> Path:
    """The folder of everything that is generated, as an absolute path."""
    return settings.var.expanduser().absolute()


def open_archive(settings: Settings, *, create: bool = True) -> Archive:
    """The archive; embedded defaults lie in the var folder.

    Raises DatabaseMissing (only when not `create`), DatabaseUnreachable, DatabaseTooNew, StoreUnreachable.
    """
    var = var_of(settings)
    database = settings.database or f"sqlite:///{var / 'lianxin.db'}"
    store = settings.store or str(var / "archive")
    return Archive.open(database, store, create=create, vault=lambda: _kept_seal(settings))


def in_console(settings: Settings, look: Callable[[Session], T]) -> T | None:
    """What people said in the console, by a look into the database; None while there is none that can be read."""
    from recordings.errors import ArchiveError

    try:
        archive = open_archive(settings, create=False)
        with archive.reading() as session:
            said = look(session)
        archive.close()
    except ArchiveError:  # `doctor` says so, and whoever works with it
        return None
    return said


def make_celery(settings: Settings) -> "Celery":
    """The queue between telephone and workers. Raises BrokerUnusable."""
    from worker.app import make_app

    return make_app(settings.broker, var_of(settings) / "broker")


def load_seal(settings: Settings) -> "Seal | None":
    """What originals are sealed with, its key made at the first call; None where the settings turn masking off."""
    return _kept_seal(settings) if settings.privacy.mask else None


def _kept_seal(settings: Settings) -> "Seal":
    from lianxin.asterisk.secrets import kept_secret
    from recordings.sealing import Seal

    return Seal(settings.privacy.key or kept_secret(var_of(settings) / "secrets", "originals"))


def load_classifier(settings: Settings) -> "Classifier":
    """The classifier, with what `lianxin train` has learnt. Raises LabelsUnusable."""
    from lianxin.lessons import labels_in_use
    from triage.learning import taught

    return taught(labels_in_use(var_of(settings) / "triage"))


def load_lexicon(settings: Settings) -> "Lexicon":
    """The utility's own words; none while there is no database. Raises DatabaseUnreachable, DatabaseTooNew."""
    from asr.homophones import Lexicon
    from recordings.errors import DatabaseMissing
    from recordings.vocabulary import all_words

    try:
        archive = open_archive(settings, create=False)
    except DatabaseMissing:
        return Lexicon()
    with archive.reading() as session:
        words = all_words(session)
    archive.close()
    return Lexicon(words)


def load_engine(settings: Settings, model: str | None = None) -> "Engine":
    """The recogniser with the model of that name or folder; that of the settings when none is given.

    From then on a thread that hears is one core's work: what numpy computes in it is not spread over others, which
    would only take them from other threads. Raises ModelMissing and ModelUnusable.
    """
    from threadpoolctl import threadpool_limits

    from asr.models import resolve_model
    from asr.vosk_engine import VoskEngine

    threadpool_limits(limits=1, user_api="blas")
    name = settings.asr.model if model is None else model
    return VoskEngine(resolve_model(name, var_of(settings) / "models"))
