"""The commands that README.md tells people to type, as they stand there."""

import re
import shlex
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines() -> list[str]:
    """Every command line in the code blocks, those that go on over several lines as one."""
    text = "\n".join(block for block in _BLOCK.findall(README.read_text(encoding="utf-8")))
    return [line.strip() for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def belfry_commands() -> list[list[str]]:
    """The words after `belfry` of every call of it, in the order of the README."""
    return [shlex.split(line)[1:] for line in lines() if line.startswith("belfry ")]
