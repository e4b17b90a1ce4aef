"""Runs pip: shows how far it is, and says in words why it failed."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from develop.ground import ROOT, Problem, clean_environ, is_terminal

# pip's own words, and what they mean for the person. The first that is found counts.
_MEANINGS = (
    (("No space left on device", "Errno 28", "not enough space on the disk"), "The disk is full. Make room (about 1 GB) and start again."),
    (
        ("DO NOT MATCH THE HASHES", "Expected sha256"),
        "A package that came over the network is not the one that Belfry was tested with, so it was not installed. "
        "Try again later; if it stays so, something between you and the package index changes packages: tell us.",
    ),
    (
        (
            "name resolution",
            "NewConnectionError",
            "ConnectTimeout",
            "ConnectionError",
            "Read timed out",
            "ProxyError",
            "SSLError",
            "from versions: none",
        ),
        "The packages that Belfry needs could not be fetched: the package index can't be reached. Check the network and start again.",
    ),
    (
        ("Failed building wheel", "failed to build", "metadata-generation-failed"),
        "A package has no ready-made build for this computer and could not be built here.",
    ),
    (("No matching distribution found",), "A package that Belfry needs is not to be had for this computer or this Python."),
    (("Permission denied", "Errno 13"), "Files of the environment can't be written. See whom the folder belongs to."),
)


def meaning(log: str) -> str:
    """Why pip failed, in a sentence."""
    for signs, sentence in _MEANINGS:
        if any(sign in log for sign in signs):
            return sentence
    last = next((line for line in reversed(log.splitlines()) if line.startswith("ERROR")), "")
    return f"The packages that Belfry needs could not be installed. {last}".strip()


def pip(executable: Path, arguments: Sequence[str], *, log: Path, count: int = 0) -> None:
    """Run pip of this Python; `count` is how many packages it is expected to fetch, for the line that shows how far it is.

    Raises Problem when pip fails; all that it said is then in the file `log`.
    """
    said: list[str] = []
    fetched = 0
    with subprocess.Popen(
        [executable, "-m", "pip", *arguments, "--progress-bar", "off"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=clean_environ(),
        cwd=ROOT,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            said.append(line)
            if line.startswith("Collecting ") and count:
                fetched += 1
                _show(f"  {fetched} of at most {count}: {line.split()[1].partition('==')[0]}")
            elif line.startswith("Installing collected packages"):
                _show("  unpacking")
    _show("")
    if process.returncode:
        text = "".join(said)
        try:
            log.write_text(text, "utf-8")
            where = f" All that pip said is in {log}."
        except OSError:
            where = ""
        raise Problem(f"{meaning(text)}{where}")


def _show(progress: str) -> None:
    """One line that is written over; nothing where the output is kept in a file."""
    if is_terminal():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r{progress[:width]:<{width}}", end="" if progress else "\r", flush=True)
