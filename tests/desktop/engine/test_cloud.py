"""Folders that a cloud service keeps in step, by their names on Linux, Windows and macOS, and by what the services leave in them."""

from pathlib import Path

import pytest

from desktop.engine.cloud import cloud_folder


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Allotments e.V.", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Library/CloudStorage/Dropbox", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("iCloud Drive", "iCloud Drive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-ana@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "Box"),
        ("Nextcloud", "Nextcloud"),
        ("Syncthing", "Syncthing"),
    ],
)
def test_given_a_folder_by_the_name_a_service_gives_it_when_a_file_is_in_it_then_the_service_is_named(
    folder: str, service: str, tmp_path: Path
) -> None:
    inside = tmp_path / folder / "our club"
    inside.mkdir(parents=True)
    assert cloud_folder(inside / "club.belfry") == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".stfolder/", "Syncthing"),
        (".stversions/", "Syncthing"),
        (".sync_0123abcd.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.driveupload/", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".sync/", "Resilio Sync"),
    ],
)
def test_given_a_renamed_folder_when_a_service_has_left_its_marker_above_the_file_then_the_service_is_named(
    marker: str, service: str, tmp_path: Path
) -> None:
    inside = tmp_path / "shared" / "club"
    inside.mkdir(parents=True)
    left = tmp_path / "shared" / marker
    if marker.endswith("/"):
        left.mkdir()
    else:
        left.touch()
    assert cloud_folder(inside / "club.belfry") == service


@pytest.mark.parametrize("folder", ["Documents", "onedriven", "my dropboxes", "drive", "sync", ".config"])
def test_given_an_ordinary_folder_when_asked_then_no_service_is_named(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    assert cloud_folder(tmp_path / folder / "club.belfry") is None


def test_given_a_home_where_services_keep_their_settings_when_a_file_is_beside_their_folders_then_no_service_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for settings in (".dropbox", ".sync", "Dropbox"):
        (tmp_path / settings).mkdir()
    (tmp_path / "Documents").mkdir()
    assert cloud_folder(tmp_path / "Documents" / "club.belfry") is None


def test_given_a_link_into_a_cloud_folder_when_asked_then_the_service_is_named(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "club").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert cloud_folder(tmp_path / "club" / "club.belfry") == "Dropbox"


def test_given_a_folder_that_is_not_there_when_asked_then_its_name_alone_decides(tmp_path: Path) -> None:
    assert cloud_folder(tmp_path / "gone" / "club.belfry") is None
    assert cloud_folder(tmp_path / "OneDrive" / "club.belfry") == "OneDrive"
