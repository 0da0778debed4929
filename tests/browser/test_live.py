"""The list while calls come in: it says so, and nothing moves until the reader wants it."""

import pytest

pytestmark = pytest.mark.browser
