"""Builds the parts from the settings and hands each what it needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.settings import Settings
from recordings.archive import Archive

if TYPE_CHECKING:
    from celery import Celery

    from asr.engine import Engine


def var_of(settings: Settings) -> Path:
    """The folder of everything that is generated, as an absolute path."""
    return settings.var.expanduser().absolute()


def open_archive(settings: Settings, *, create: bool = True) -> Archive:
    """The archive; embedded defaults lie in the var folder.

    Raises DatabaseMissing (only when not `create`), DatabaseUnreachable, DatabaseTooNew, StoreUnreachable.
    """
    var = var_of(settings)
    database = settings.database or f"sqlite:///{var / 'lianxin.db'}"
    return Archive.open(database, settings.store or str(var / "archive"), create=create)


def make_celery(settings: Settings) -> "Celery":
    """The queue between telephone and workers. Raises BrokerUnusable."""
    from worker.app import make_app

    return make_app(settings.broker, var_of(settings) / "broker")


def load_engine(settings: Settings) -> "Engine":
    """The recogniser with the model of the settings. Raises ModelMissing and ModelUnusable."""
    from asr.models import resolve_model
    from asr.vosk_engine import VoskEngine

    return VoskEngine(resolve_model(settings.asr.model, var_of(settings) / "models"))
