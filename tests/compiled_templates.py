"""The console's templates, compiled once in a process: every test has a console of its own, and they are the same."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Keeps what Jinja compiled, by the template's name and source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept."""
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def compile_once() -> None:
    """Have every Flask application that is made from here on share what was compiled."""
    Flask.jinja_options = Flask.jinja_options | {"bytecode_cache": CompiledTemplates()}
