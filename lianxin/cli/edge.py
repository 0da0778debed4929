"""The edge of the command: where every error becomes one line and an exit code."""

import errno
import os
import sys

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from lianxin.errors import known_errors, settings_error

OURS_ALONE = 0o077
"""What others may not do with what we make: the var folder holds voices, words and passwords."""
REFUSED = 2
INTERRUPTED = 130
UNREAD = 141
"""What a shell shows of a program whose reader went away: 128 and the number of SIGPIPE."""


def run(app: typer.Typer) -> int:
    """Run the command and give its exit code.

    0: done. 1: done, and something is wrong. 2: refused, with one line on stderr that says why. 130: interrupted.
    141: whoever read our output went away.
    """
    os.umask(OURS_ALONE)
    _open_closed_streams()
    try:
        ended = app(standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return UNREAD
    except OSError as error:
        _drop_output()
        return _refuse(_disk_error(error))
    except ValidationError as error:
        return _refuse(settings_error(error))
    except known_errors() as error:
        return _refuse(error)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except TyperException as error:
        return _misused(error)
    return ended if isinstance(ended, int) else 0


def _open_closed_streams() -> None:
    """Somebody may have closed our output (`>&-`): what we say then goes nowhere, and the work is done all the same."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open to the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _drop_output() -> None:
    """Nobody takes our output any more: Python must not try to write the rest of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _disk_error(error: OSError) -> str:
    """What the operating system refused us, with the mend where the kind of refusal tells it."""
    thing = str(error.filename) if error.filename else "the output"
    mends = {
        errno.ENOSPC: "make room on its disk",
        errno.EACCES: "give yourself the right to it, or name another place",
        errno.EPERM: "give yourself the right to it, or name another place",
        errno.EROFS: "its disk is read-only; name another place",
        errno.ENOENT: "make it, or name another",
    }
    mend = mends.get(error.errno or 0, "mend that, and do it again")
    return f"{thing}: {error.strerror or error}; {mend}"


def _misused(error: TyperException) -> int:
    """The command was given something that it does not know: one line, and where to read more."""
    said: str = error.format_message() if hasattr(error, "format_message") else str(error)
    if "\n" in said:  # the help of a group that was named without a command
        sys.stderr.write(f"{said}\n")
        return REFUSED
    context = getattr(error, "ctx", None)
    said = said.replace("Value error, ", "").rstrip(".")  # pydantic's word for what a type of ours refuses
    return _refuse(f"{said}; see: {context.command_path if context else 'lianxin'} --help")


def _refuse(error: object) -> int:
    sys.stderr.write(f"lianxin: {' '.join(str(error).split())}\n")
    return REFUSED
