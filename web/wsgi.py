"""What a WSGI application is, for those that wrap one (PEP 3333)."""

from collections.abc import Callable, Iterable
from typing import Any

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""Environment and start_response in, pieces of the body out."""
