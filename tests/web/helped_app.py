"""A small application with one helper, in a process of its own. `python -m tests.web.helped_app FOLDER` says its port.

Every answer is the id of the process that made it.
"""

import os
import sys
import time
from pathlib import Path

from web.helping.helped import Helped
from web.serving import open_server

CONSOLE = os.getpid()
FOLDER = Path(sys.argv[1])
LONG = 30.0


def app(environ, start_response):
    """Answer as the address says."""
    path, is_helper = environ["PATH_INFO"], os.getpid() != CONSOLE
    if path == "/waits":
        (FOLDER / f"{os.getpid()}.begun").touch()
        until = time.monotonic() + LONG
        while not (FOLDER / "go").exists() and time.monotonic() < until:
            time.sleep(0.01)
    if path == "/ends" and is_helper:
        os._exit(1)
    if path == "/fails" and is_helper:
        raise RuntimeError("a helper's own fault")
    said = str(os.getpid())
    if path == "/told":
        said = "&".join([environ["QUERY_STRING"], environ["HTTP_COOKIE"], environ["REMOTE_ADDR"]])
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Kept", "yes")])
    return [said.encode()]


if __name__ == "__main__":
    helped = Helped(app, 1, before_fork=lambda: None)
    server = open_server(helped, "127.0.0.1", 0)
    sys.stdout.write(f"{server.effective_port}\n")  # type: ignore[attr-defined]
    sys.stdout.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        helped.close()
