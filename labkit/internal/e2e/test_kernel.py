"""The Go kernel in a learner's hands."""

import pytest
from playwright.sync_api import expect

from jupyterlab import until

NOTEBOOK = "notebooks/01_generate_flows.ipynb"


@pytest.fixture
def notebook_01(lab):
    lab.open(NOTEBOOK)
    return lab


def test_completion_and_hover(notebook_01):
    lab = notebook_01
    cell = lab.append('import "flowlab/labkit"\n\n%%\nflows := labkit.GenerateFl')
    completer = lab.page.locator(".jp-Completer")

    def completed():  # gopls loads the course first, and offers nothing until then
        lab.page.keyboard.press("Tab")
        lab.page.wait_for_timeout(2000)
        text = lab.cells.nth(cell).locator(".cm-content").inner_text()
        return "GenerateFlows" in text or completer.is_visible() and "GenerateFlows" in completer.inner_text()

    until(completed, "Tab completes GenerateFlows")
    lab.page.keyboard.press("Escape")
    lab.write(cell, 'import "flowlab/labkit"\n\n%%\nfmt.Println(labkit.GenerateFlows')
    tooltip = lab.page.locator(".jp-Tooltip")

    def described():
        lab.page.keyboard.press("Shift+Tab")
        lab.page.wait_for_timeout(1000)
        return tooltip.is_visible() and "func labkit.GenerateFlows" in tooltip.inner_text()

    until(described, "Shift+Tab describes GenerateFlows")


def test_interrupt(notebook_01):
    lab = notebook_01
    endless = lab.append('%%\nfmt.Println("begun")\nfor {\n}')
    lab.run(endless)
    expect(lab.outputs(endless).first).to_contain_text("begun")
    assert lab.status() == "busy"
    lab.panel.locator('[data-jp-item-name="interrupt"]').click()
    lab.await_idle()
    assert "alive" in lab.run_and_read(lab.append('%%\nfmt.Println("alive")'))


def test_restart(notebook_01):
    lab = notebook_01
    declare = lab.append("var kept = 41 + 1")
    lab.run_and_read(declare)
    use = lab.append("%%\nfmt.Println(kept)")
    assert lab.run_and_read(use) == "42"
    lab.restart()
    assert "undefined: kept" in lab.run_and_read(use)
    lab.run_and_read(declare)
    assert lab.run_and_read(use) == "42"
