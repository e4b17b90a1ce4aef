"""The page of announcements over the sample community."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.pages.announcements.page import AnnouncementsPage
from helpers.announcing import opened
from helpers.window import Desktop


@pytest.fixture
def page(sample_desktop: Desktop, qtbot: QtBot) -> AnnouncementsPage:
    return opened(sample_desktop, qtbot)
