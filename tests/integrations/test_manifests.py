"""The tuple of manifests: what is in it, and that reading it costs next to nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

import integrations
from integrations import MANIFESTS, manifest

ROOT = Path(integrations.__file__).parents[1]

READ_ALL = """
import sys
from integrations import MANIFESTS
from integrations.message import from_plain, Message
for known in MANIFESTS:
    known.render(Message(from_plain("Hello")), {})
    for field in (*known.fields, *known.channel_fields):
        field.problem and field.problem("x")
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_every_service_has_an_id_of_its_own_and_is_found_by_it() -> None:
    assert len({known.id for known in MANIFESTS}) == len(MANIFESTS)
    assert [manifest(known.id) for known in MANIFESTS] == list(MANIFESTS)
    assert {known.id for known in MANIFESTS} >= {"telegram", "byhand", "practice"}


def test_given_an_unknown_id_then_it_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="carrier-pigeon"):
        manifest("carrier-pigeon")


def test_given_manifests_read_then_no_library_of_a_service_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", READ_ALL], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "integrations" in loaded
    assert not loaded & {"telegram", "httpx", "httpcore", "anyio", "asyncio", "ssl", "markdown_it", "aiogram", "desktop", "PySide6"}
