"""Starting at log-in, by each platform's own means."""

import plistlib
import shlex
import sys
from pathlib import Path

import pytest

from desktop.ui.autostart import APPROVED, NAME, RUN, Autostart, LaunchAgent, RunKey, XdgAutostart, autostart_here, desktop_exec, login_command

COMMAND = ["/opt/my tools/python", "-m", "desktop.start"]


class KeptRegistry:
    """`Registry` in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str | bytes] = {}

    def get(self, key: str, name: str) -> str | bytes | None:
        return self.kept.get((key, name))

    def set(self, key: str, name: str, text: str) -> None:
        self.kept[key, name] = text

    def delete(self, key: str, name: str) -> None:
        self.kept.pop((key, name), None)


@pytest.fixture(params=["xdg", "run key", "launch agent"])
def means(request: pytest.FixtureRequest, tmp_path: Path) -> Autostart:
    made: dict[str, Autostart] = {"xdg": XdgAutostart(tmp_path), "run key": RunKey(KeptRegistry()), "launch agent": LaunchAgent(tmp_path)}
    return made[request.param]


def test_it_is_off_until_it_is_switched_on_and_off_again_afterwards(means: Autostart) -> None:
    assert not means.enabled
    means.disable()
    means.enable(COMMAND)
    assert means.enabled
    means.enable(COMMAND)
    means.disable()
    assert not means.enabled


def test_the_desktop_entry_starts_the_command_as_it_is(tmp_path: Path) -> None:
    entry = XdgAutostart(tmp_path)
    entry.enable(COMMAND)
    lines = entry.file.read_text("utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    (command,) = (line.removeprefix("Exec=") for line in lines if line.startswith("Exec="))
    assert shlex.split(command) == COMMAND


def test_special_letters_of_a_path_are_quoted_as_the_specification_has_it() -> None:
    assert desktop_exec(["/a$b/100%"]) == r'"/a\\$b/100%%"'


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = false"])
def test_an_entry_that_the_desktop_switched_off_is_off(tmp_path: Path, line: str) -> None:
    entry = XdgAutostart(tmp_path)
    entry.enable(COMMAND)
    entry.file.write_text(entry.file.read_text("utf-8") + line + "\n", "utf-8")
    assert not entry.enabled


def test_what_the_task_manager_switched_off_is_off_until_it_is_switched_on_here() -> None:
    registry = KeptRegistry()
    means = RunKey(registry)
    means.enable(COMMAND)
    assert registry.kept[RUN, NAME] == '"/opt/my tools/python" -m desktop.start'
    registry.kept[APPROVED, NAME] = b"\x03" + bytes(11)
    assert not means.enabled
    means.enable(COMMAND)
    assert means.enabled


def test_the_launch_agent_is_a_property_list(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path)
    agent.enable(COMMAND)
    assert plistlib.loads(agent.file.read_bytes())["ProgramArguments"] == COMMAND
    agent.file.write_bytes(b"nonsense")
    assert not agent.enabled


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another means there")
def test_a_relative_config_folder_is_not_used(tmp_path: Path) -> None:
    found = autostart_here({"XDG_CONFIG_HOME": "here"}, tmp_path)
    assert isinstance(found, XdgAutostart)
    assert found.file == tmp_path / ".config" / "autostart" / "belfry.desktop"


def test_what_is_started_is_there() -> None:
    program, *words = login_command()
    assert Path(program).exists()
    assert words == ["-m", "desktop.start"]
