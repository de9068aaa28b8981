"""A team's own templates and frameworks in the window: offered, and told where one has a fault."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app import settings
from app.ui.settings.own_files import OwnFileSettings
from tests.app.ui.conftest import Open
from tests.models.test_team_files import FRAMEWORK, TEMPLATE


@pytest.fixture
def folder(open_bench: Open) -> Path:
    """The settings folder of the window that a test opens."""
    found = settings.config_folder()
    for name in ("templates", "frameworks"):
        (found / name).mkdir(parents=True, exist_ok=True)
    return found


def words(section: OwnFileSettings) -> str:
    return "\n".join(one.text() for one in section.findChildren(QLabel))


def test_own_files_are_listed_as_ones_own(open_bench: Open, folder: Path) -> None:
    (folder / "templates" / "own.toml").write_text(TEMPLATE)
    (folder / "frameworks" / "own.toml").write_text(FRAMEWORK)
    bench = open_bench()
    bench.screens.settings.show_section(OwnFileSettings.title)
    said = words(bench.screens.settings.section(OwnFileSettings))
    assert "Own (your own)" in said
    assert "OWN (your own)" in said
    assert "\nROLL-BACK\n" in said
    assert "cannot be used" not in said
    assert not bench.window.banner.isVisible()


def test_a_fault_is_told_with_its_line_and_the_rest_goes_on(open_bench: Open, folder: Path) -> None:
    (folder / "templates" / "own.toml").write_text(TEMPLATE.replace('"Own"', "7"))
    (folder / "frameworks" / "own.toml").write_text(FRAMEWORK)
    bench = open_bench()
    assert bench.window.banner.isVisible()
    bench.window.banner.buttons[0].click()
    bench.settle()
    section = bench.screens.settings.section(OwnFileSettings)
    assert section.isVisible()
    assert "own.toml, line 2: name: text is expected, not 7." in words(section)
    workspace = bench.screens.context.workspace
    assert "own" in workspace.frameworks
    assert next(iter(workspace.templates)) == "blameless-5-whys"
