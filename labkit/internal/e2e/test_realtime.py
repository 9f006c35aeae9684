"""A chart that moves while flows arrive, as its reader sees it."""

import re

from conftest import read_solution

from jupyterlab import until

NOTEBOOK = "11_realtime_detection.ipynb"


def worked(said):
    return int(re.search(r"flows worked on: (\d+)", said)[1])


def test_live_chart(lab):
    """It moves, an interrupt stops it in good order, and a second run goes on where it was."""
    lab.open(f"notebooks/{NOTEBOOK}")
    place = {cell["id"]: i for i, cell in enumerate(lab.contents(f"notebooks/{NOTEBOOK}")["cells"])}
    for cell in ("imports", "day", "pipeline", "draw", "gauge", "watch"):
        lab.run_and_read(place[f"11-{cell}"])
    chart = place["11-watch-show"]

    def names():
        return [picture["name"] for picture in lab.pictures(chart)]

    lab.run(chart)
    first = until(names, "a picture is drawn")
    until(lambda: names() not in ([], first), "the picture moves")
    assert lab.status() == "busy"
    lab.panel.locator('[data-jp-item-name="interrupt"]').click()
    lab.await_idle()
    before = worked(lab.said(chart))

    (source,) = ["".join(cell["source"]) for cell in read_solution(NOTEBOOK) if cell["id"] == "11-watch-show"]
    lab.write(chart, re.sub(r"os\.RemoveAll.*\n", "", source))
    after = worked(lab.run_and_read(chart))
    total = int(re.search(r"([\d,]+) flows over", names()[0])[1].replace(",", ""))
    assert 0 < before < total and before + after == total, f"{before} and {after} of {total} flows"
