"""Where a file meets trouble: a program without rights, a disk that is full, another program that holds the lock."""

import os
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOBODY = 65534
_START = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def run(script: str, *arguments: Path, file_limit: int) -> subprocess.CompletedProcess[str]:
    """Run a script in another process that can't make files longer than `file_limit` bytes."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({file_limit}, {file_limit}))\n"
    command = [sys.executable, "-c", _START + limit + script, *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def as_nobody(work: Callable[[], str]) -> str:
    """What `work` gives in a process of somebody who may do nothing special.

    Root forks one: another program could not be started, for Python itself may lie in root's home. So `work` has to have imported all it needs.
    Everybody else is such a one already.
    """
    if os.geteuid() != 0:
        return work()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about forking beside threads; the child uses none
        child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, work().encode())
            status = 0
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    assert os.waitpid(child, 0)[1] == 0, text
    return text


@contextmanager
def holding_the_lock(path: Path) -> Iterator[None]:
    """Another process is in the middle of a write to the community."""
    script = (
        "from pathlib import Path\n"
        "from helpers.communities import reopen\n"
        "with reopen(Path(sys.argv[1])) as store, store.write():\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen([sys.executable, "-c", _START + script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        try:
            assert other.stdout.readline() == "held\n"
            yield
        finally:
            other.stdin.close()
