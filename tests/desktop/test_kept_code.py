"""The code of dataclasses that is kept between two starts: the same classes come of it, and nothing depends on its being there."""

import dataclasses
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.kept_code import KeptCode, kept_code

ROOT = Path(__file__).parents[2]
_ALL = """
import dataclasses, importlib, pathlib, pkgutil, sys
from desktop.kept_code import kept_code
with kept_code(pathlib.Path(sys.argv[1])):
    import desktop
    for room in ("community", "store", "actions"):
        package = importlib.import_module(f"desktop.{room}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
for name, module in sorted(sys.modules.items()):
    for kind in vars(module).values() if name.startswith("desktop.") else ():
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            made = {name: one.__code__ for name, one in vars(kind).items() if hasattr(one, "__code__")}
            print(kind, [(name, code.co_code, code.co_names, code.co_varnames) for name, code in sorted(made.items())])
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept.dataclasses"


def _made() -> type:
    @dataclass(frozen=True, slots=True, order=True)
    class Point:
        """A point."""

        across: int
        down: int = 2

    return Point


def test_given_all_classes_of_the_program_when_they_are_made_from_kept_code_then_they_are_as_they_were(file: Path) -> None:
    environ = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    first, second = (
        subprocess.run([sys.executable, "-P", "-c", _ALL, str(file)], env=environ, capture_output=True, check=True).stdout for _time in range(2)
    )
    assert file.exists()
    assert first.count(b"\n") > 60
    assert second == first


def test_given_code_that_was_kept_when_a_class_is_made_again_then_nothing_is_compiled_and_it_behaves_the_same(file: Path) -> None:
    with kept_code(file):
        _made()
    kept = file.read_bytes()
    with kept_code(file):
        point = _made()
    assert file.read_bytes() == kept
    assert repr(point(1)).endswith("Point(across=1, down=2)")
    assert point(1) < point(2)
    assert hash(point(1)) == hash(point(1, 2))
    with pytest.raises(dataclasses.FrozenInstanceError):
        point(1).across = 3


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\0" * 100])
def test_given_a_kept_file_that_is_damaged_or_of_another_python_when_a_class_is_made_then_it_is_made_anew(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with kept_code(file):
        assert _made()(1).down == 2
    assert file.read_bytes() != content


def test_given_a_kept_file_of_which_a_byte_has_changed_when_it_is_read_then_it_is_not_used(file: Path) -> None:
    with kept_code(file):
        _made()
    whole = bytearray(file.read_bytes())
    whole[-5] ^= 1
    file.write_bytes(whole)
    assert not KeptCode(file)._known


def test_given_a_folder_that_can_not_be_written_when_it_ends_then_nothing_is_kept_and_nobody_is_told(tmp_path: Path, file: Path) -> None:
    with kept_code(tmp_path / "missing" / file.name):
        assert _made()(1).down == 2
    assert not list(tmp_path.iterdir())
    assert "exec" not in vars(dataclasses)
