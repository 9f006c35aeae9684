"""Fixtures of the browser test: go tool lab browser-test sets what they read."""

import json
import os
import pathlib
import re

import pytest
from playwright.sync_api import sync_playwright

from jupyterlab import JupyterLab

SOLUTIONS = pathlib.Path(__file__).parents[3] / "solutions"
FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def read_solution(name):
    """The cells of a solution."""
    return json.loads((SOLUTIONS / name).read_text())["cells"]


def pytest_generate_tests(metafunc):
    if "notebook" in metafunc.fixturenames:
        names = sorted(path.name for path in SOLUTIONS.glob("*.ipynb"))
        assert names, f"{SOLUTIONS} holds no notebook: there is nothing to test"
        metafunc.parametrize("notebook", names)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["FLOWLAB_BROWSER"], args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def lab(browser, request):
    """JupyterLab in a fresh page. What it asks of other hosts fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    lab = JupyterLab(page, os.environ["FLOWLAB_URL"], os.environ["FLOWLAB_TOKEN"])
    yield lab
    if getattr(request.node, "failed", False):
        shots = pathlib.Path(os.environ["FLOWLAB_SCREENSHOTS"])
        shots.mkdir(parents=True, exist_ok=True)
        shot = shots / (re.sub(r"[^\w.-]", "_", request.node.name) + ".png")
        page.screenshot(path=shot)
        print(f"\nscreenshot: {shot}")
    lab.end_kernels()
    context.close()
    assert not lab.outside, f"the page asked other hosts: {lab.outside}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.failed = report.failed or getattr(item, "failed", False)
    return report
