"""Every benchmark runs, at a size at which its figures mean nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.big_community import people

_BENCHMARKS = Path(__file__).with_name("benchmarks")


@pytest.mark.parametrize("name", ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P9", "R1", "R5", "R9", "X5", "START"])
def test_given_a_tiny_community_when_a_benchmark_is_run_then_it_gives_figures(name: str, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    tiny = ["--scale", "0.001", "--rounds", "1", "--seconds", "0.2", "--worlds", "3", "--million", "--json", str(figures)]
    environ = os.environ | {"TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, str(_BENCHMARKS), name, *tiny], env=environ, capture_output=True, text=True, check=False, timeout=240)
    assert ended.returncode in (0, 1), ended.stderr  # 1: beyond a target, which at this size says nothing
    assert "Traceback" not in ended.stderr
    measured = json.loads(figures.read_text())
    assert measured
    assert all(one["name"].startswith(name) and one["measured"] >= 0 for one in measured)


def test_given_the_same_seed_when_the_big_community_is_made_twice_then_it_is_the_same() -> None:
    assert list(people(50, 1)) == list(people(50, 1)) != list(people(50, 2))
