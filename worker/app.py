"""The queue between telephone and workers: a Celery application, and the one message that is sent."""

from pathlib import Path
from typing import Any

import structlog
from celery import Celery
from kombu.entity import Exchange, Queue
from kombu.exceptions import ChannelError, OperationalError

from worker.errors import BrokerUnusable
from worker.folder_queue import folder_options

log = structlog.get_logger()

TASK = "lianxin.work-through"
"""Name of the only task: its argument is the id of a recording."""
QUEUE = "recordings"
EMBEDDED = "filesystem://localhost"
"""The broker that needs no server: a folder."""


def make_app(broker_url: str, folder: Path) -> Celery:
    """The Celery application; an empty `broker_url` means the embedded broker, whose messages lie in `folder`.

    Results go to the database, not through Celery. Raises BrokerUnusable.
    """
    url = broker_url or EMBEDDED
    embedded = url.startswith("filesystem:")
    app = Celery("lianxin", broker=url, set_as_current=False)
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        # The nameless exchange leads to every queue by its name, so there is nothing to bind and no file to fight over.
        task_queues=[Queue(QUEUE, Exchange("", type="direct"), routing_key=QUEUE)],  # type: ignore[no-untyped-call]
        task_default_queue=QUEUE,
        task_default_exchange="",
        task_default_routing_key=QUEUE,
        # One message for each thread and no more, so that another machine gets the next one; and not taken for done
        # before it is, so that a broker that can will deliver it again.
        worker_prefetch_multiplier=1,
        task_acks_late=True,
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0.2},
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_redirect_stdouts=False,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=4.0,
        **(_embedded(folder) if embedded else {}),
    )
    try:
        # Makes the transport, which imports its driver; nothing is connected yet.
        app.connection_for_write().transport  # noqa: B018
    except (KeyError, ValueError) as error:
        raise BrokerUnusable(f"broker {_shown(url)}: {error.args[0]}; check the setting `broker`") from error
    except (ImportError, AttributeError) as error:
        scheme = url.partition(":")[0]
        mend = f"install it: pip install 'celery[{scheme}]'"
        raise BrokerUnusable(f"broker {_shown(url)}: its driver is missing; {mend}") from error
    return app


def announce(app: Celery, recording_id: str) -> bool:
    """Tell the workers that a recording waits; False when the broker did not take it, for the sweep will find it.

    Blocks for a few seconds at most.
    """
    try:
        app.send_task(TASK, args=[recording_id])
    except (OperationalError, ChannelError, OSError) as error:
        log.warning("announcement-lost", recording=recording_id, why=str(error), mend="the next sweep finds it")
        return False
    return True


def _embedded(folder: Path) -> dict[str, Any]:
    try:
        options = folder_options(folder)
    except OSError as error:
        raise BrokerUnusable(f"the broker's folder {folder}: {error.strerror}; check the setting `var`") from error
    return {"broker_transport": "worker.folder_queue:Transport", "broker_transport_options": options}


def _shown(url: str) -> str:
    """The address without user and password."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
