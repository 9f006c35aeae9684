"""Each notebook, opened and run as a learner does before answering anything."""

import re

import pytest
from conftest import SOLUTIONS, read_solution
from playwright.sync_api import expect

from jupyterlab import until

NEXT = re.compile(r"\[Next:[^\]]*\]\((\w+\.ipynb)\)")


def source(cell):
    return "".join(cell["source"])


def shows(cell, mime, text=""):
    return any(
        text in "".join(data) for output in cell.get("outputs", []) for key, data in output.get("data", {}).items() if key.startswith(mime)
    )


def same_cells(cells, solved):
    """The indices of the cells that the solution has too, with its cells."""
    by_id = {cell["id"]: cell for cell in solved}
    for i, cell in enumerate(cells):
        twin = by_id.get(cell["id"])
        if twin and source(twin) == source(cell):
            yield i, twin


@pytest.mark.parametrize("folder", ["notebooks", "solutions"])
def test_opening_changes_nothing(lab, folder, notebook):
    """What is looked at and not worked in stays as it is, to the byte."""
    path = f"{folder}/{notebook}"
    before = lab.text(path)
    lab.open(path)
    label = lab.page.locator(".lm-TabBar-tab.jp-mod-current .lm-TabBar-tabLabel").filter(has_text=notebook)
    mark = label.evaluate("label => getComputedStyle(label, '::before').content")
    assert ("solved" in mark) == (folder == "solutions"), f"the tab of {path} is marked {mark}"
    for i, cell in enumerate(lab.contents(path)["cells"]):
        lab.outputs(i)  # JupyterLab draws what comes into view
        if shows(cell, "application/vnd.vegalite"):
            until(lambda: lab.pictures(i), f"cell {cell['id']} draws a picture")
    lab.page.wait_for_timeout(2000)
    expect(lab.changed).to_have_count(0)
    if not lab.writable(path):
        return  # the image's solutions: JupyterLab does not save what is not the learner's
    lab.save(path)
    assert lab.text(path) == before, f"{path} is another file once JupyterLab has saved it"


def test_run_all(lab, notebook):
    solved = read_solution(notebook)
    if all(cell["cell_type"] != "code" for cell in solved):
        return  # a page to read: that it opens is tested above
    path = f"notebooks/{notebook}"
    lab.open(path)
    lab.run_all()

    cells = lab.save(path)["cells"]
    assert lab.cells.count() == len(cells)
    for cell in cells:
        errors = [output for output in cell.get("outputs", []) if output["output_type"] == "error"]
        assert not errors, f"cell {cell['id']}: {errors}"
    assert lab.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code" and source(cell))

    for i, twin in same_cells(cells, solved):
        if shows(twin, "image/") or shows(twin, "text/html", "<svg") or shows(twin, "application/vnd.vegalite"):
            pictures = until(lambda: lab.pictures(i), f"cell {twin['id']} draws a picture")
            for picture in pictures:
                assert picture["loaded"] and picture["width"] > 50 and picture["height"] > 50, (twin["id"], picture)
                assert picture["name"].strip(), f"cell {twin['id']}: a picture has no text for those who do not see it"
        if shows(twin, "text/html", "<table"):
            tables = until(lambda: lab.tables(i), f"cell {twin['id']} draws a table")
            for table in tables:
                assert table["rows"] > 1 and table["width"] > 50 and table["height"] > 20, (twin["id"], table)

    if found := NEXT.search(source(cells[-1])):
        link = lab.cells.nth(len(cells) - 1).get_by_role("link", name="Next:")
        link.scroll_into_view_if_needed()
        lab.answered = False
        link.click()
        lab.await_open(f"notebooks/{found[1]}")


def test_next_links_lead_through_the_course():
    """Guards the test above against a course without links."""
    names = sorted(path.name for path in SOLUTIONS.glob("[0-9]*.ipynb"))[1:]  # the quickstart stands for itself
    for name, after in zip(names, names[1:]):
        last = read_solution(name)[-1]
        found = NEXT.search(source(last))
        assert found and found[1] == after, f"{name} ends without a link to {after}"


def test_answer_wrongly_then_rightly(lab):
    name = "02_feature_engineering.ipynb"
    lab.open(f"notebooks/{name}")
    lab.run_all()
    cells = lab.contents(f"notebooks/{name}")["cells"]
    (index,) = [i for i, cell in enumerate(cells) if "check.BytesRatio(" in source(cell) and "panic(" in source(cell)]
    assert lab.said(index).startswith("○ Not attempted"), lab.said(index)

    lab.write(index, re.sub(r"panic\(.*", "return sent / received", source(cells[index])))
    said = lab.run_and_read(index)
    assert said.startswith("✗"), said
    assert_link_leads_to_heading(lab, lab.outputs(index).get_by_role("link", name="“").first)

    solved = read_solution(name)
    (answer,) = [source(cell) for cell in solved if cell["id"] == cells[index]["id"]]
    lab.write(index, answer)
    said = lab.run_and_read(index)
    assert said.startswith("✓"), said


def assert_link_leads_to_heading(lab, link):
    """A link with the name of a section in quotes shows the heading of that name."""
    name = link.inner_text().strip("“”")
    heading = lab.cells.get_by_role("heading", name=name).first
    expect(heading).not_to_be_in_viewport()
    link.click()
    expect(heading).to_be_in_viewport()
