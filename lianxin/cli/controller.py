"""`lianxin controller`: the telephone's side of one node."""


def controller() -> None:
    """Answer the calls of this node's Asterisk until stopped.

    Calls that are up when it stops stay up, and the next controller adopts them. When another controller takes over
    this Asterisk it stops by itself, with exit code 0.

    Example: lianxin controller
    """
    import asyncio

    import structlog

    from ivr.ari.errors import Replaced
    from lianxin.logs import set_up_logs
    from lianxin.settings import Settings
    from lianxin.telephony import run_controller

    settings = Settings()
    set_up_logs(settings.log)
    try:
        asyncio.run(run_controller(settings))
    except Replaced as error:  # not a failure: whoever watches over us must not start us again
        structlog.get_logger().warning("replaced", why=str(error))
