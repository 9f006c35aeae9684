"""Interactive pictures and tables in a reader's hands."""

import csv
import io

from conftest import read_solution
from playwright.sync_api import expect

from jupyterlab import until

VEGA_LITE = "application/vnd.vegalite.v5+json"


def twin(name, cell_id):
    """The index of a solution's cell, and the specification of its picture."""
    for index, cell in enumerate(read_solution(name)):
        if cell["id"] == cell_id:
            (spec,) = [output["data"][VEGA_LITE] for output in cell["outputs"] if VEGA_LITE in output.get("data", {})]
            return index, spec
    raise AssertionError(f"{name} has no cell {cell_id}")


def rows(spec, dataset):
    return list(csv.DictReader(io.StringIO(spec["datasets"][dataset])))


def words(picture):
    return [" ".join(text.split()) for text in picture.locator("svg text").all_text_contents()]


def rate(name, part, whole):
    return f"{name} {part / whole:.3f}" if whole else f"{name} undefined"


def drawn(lab, index):
    picture = lab.outputs(index).locator(".vega-embed").first
    expect(picture.locator("svg.marks")).to_be_visible()
    return picture


def slide(picture, *shares):
    """Clicks on the slider at these shares of its width, and yields where that puts it."""
    slider = picture.locator("input[type=range]")
    width = slider.bounding_box()["width"]
    for share in shares:
        slider.click(position={"x": share * width, "y": 5})
        yield float(slider.input_value())


def opened(lab, cell_id):
    """The picture of a cell of the gallery, and its specification."""
    index, spec = twin("gallery.ipynb", cell_id)
    lab.open("solutions/gallery.ipynb")
    return drawn(lab, index), spec


def test_slider_moves_the_counts(lab):
    picture, spec = opened(lab, "gallery-scores")
    seen = set()
    for at in slide(picture, 0.5, 0.03, 0.2, 0.3, 0.45, 0.97):
        row = [row for row in rows(spec, "cuts") if float(row["place"]) <= at + 1e-6][-1]
        tp, fp, fn, tn = (int(row[key]) for key in ("tp", "fp", "fn", "tn"))
        want = {f"{tp:,}", f"{fp:,}", f"{fn:,}", f"{tn:,}", rate("precision", tp, tp + fp), rate("recall", tp, tp + fn), rate("F1", 2 * tp, 2 * tp + fp + fn)}
        want |= {f"{100 * part / whole:.1f}%" for part, whole in ((tp, tp + fn), (fn, tp + fn), (fp, fp + tn), (tn, fp + tn))}
        until(lambda: want <= set(words(picture)), f"the picture says {want} at {at}")
        assert any(text.startswith(f"{tp + fp:,} alerts above ") for text in words(picture)), words(picture)
        seen.add((tp, fp))
    assert len(seen) > 4, f"the slider moved nothing: {seen}"
    assert lab.changed.count() == 0, "moving a slider changes the notebook"


def test_slider_moves_the_alerts(lab):
    picture, spec = opened(lab, "gallery-timeline")
    seen = set()
    for at in slide(picture, 0.5, 0.97, 0.2, 0.03):
        flagged = [row for row in rows(spec, "alerts") if float(row["place"]) > at - 1e-6]
        alerts = sum(int(row["flows"]) for row in flagged)
        assert alerts == sum(float(row["place"]) > at - 1e-6 for row in rows(spec, "flows")), "the sample holds all flows"
        until(lambda: any(text.startswith(f"{alerts:,} alerts above ") for text in words(picture)), f"the picture says {alerts} alerts at {at}")
        bars = len({row["interval"] for row in flagged})
        until(lambda: picture.locator("svg g.mark-rect.role-mark path").count() == bars, f"{bars} intervals have a bar at {at}")
        seen.add(alerts)
    assert len(seen) == 4, f"the slider moved nothing: {seen}"


def test_arrow_keys_stay_with_the_slider(lab):
    picture, spec = opened(lab, "gallery-scores")
    places = [float(row["place"]) for row in rows(spec, "cuts")]
    slider = picture.locator("input[type=range]")
    (at,) = slide(picture, 0.5)
    cells, hidden = lab.cells.count(), lab.page.locator(".jp-Notebook .jp-mod-collapsed").count()
    for key, way in (("ArrowLeft", -1), ("ArrowLeft", -1), ("ArrowRight", 1), ("ArrowDown", -1), ("ArrowUp", 1)):
        before = float(slider.input_value())
        slider.press(key)
        until(lambda: way * (float(slider.input_value()) - before) > 0, f"{key} moves the slider")
        assert slider.evaluate("slider => document.activeElement === slider"), f"{key} takes the focus away"
    assert min(abs(float(slider.input_value()) - place) for place in places) < 1e-6, "it stands at a position"
    assert lab.cells.count() == cells and lab.page.locator(".jp-Notebook .jp-mod-collapsed").count() == hidden, "a section is folded away"
    assert lab.changed.count() == 0, "moving a slider changes the notebook"


def test_slider_is_as_wide_as_the_picture(lab):
    picture, _ = opened(lab, "gallery-scores")
    plot = picture.locator("svg.marks").bounding_box()["width"]
    cell = picture.evaluate("e => e.closest('.jp-OutputArea-output').clientWidth")
    assert 0.85 * cell < plot <= cell, "the picture is narrower than the cell, or cut off"
    assert 0.85 * plot < picture.locator("input[type=range]").bounding_box()["width"] <= cell


def drag(page, picture, points):
    """Drags a rectangle over a part of the points, and returns how many lie in it, at least and at most."""
    picture.locator("svg.marks").scroll_into_view_if_needed()
    box = picture.locator("svg g.mark-symbol.role-mark").first.bounding_box()
    left, top = round(box["x"] + 0.5 * box["width"]), round(box["y"] + 0.05 * box["height"])
    right, bottom = round(box["x"] + 0.99 * box["width"]), round(box["y"] + 0.6 * box["height"])
    centres = points.evaluate_all("points => points.map(p => p.getBoundingClientRect()).map(b => [b.x + b.width / 2, b.y + b.height / 2])")

    def inside(room):
        return sum(left - room < x < right + room and top - room < y < bottom + room for x, y in centres)

    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=6)
    page.mouse.up()
    return inside(-2), inside(2)  # pixels: those at the edge may be in or out


def test_rectangle_filters_the_table(lab):
    picture, spec = opened(lab, "gallery-projection")
    total = len(rows(spec, "flows"))
    until(lambda: any(text.startswith(f"{total:,} flows") for text in words(picture)), "all flows are counted")
    points = picture.locator("svg g.mark-symbol.role-mark").first.locator("path")
    assert points.count() == total
    lowest = highest = 0

    def counted():
        nonlocal lowest, highest
        lowest, highest = drag(lab.page, picture, points)
        lab.page.wait_for_timeout(500)
        (said,) = [text for text in words(picture) if " flows, " in text]
        return lowest <= int(said.split()[0].replace(",", "")) <= highest

    # Again, if the notebook drew what lies above in the meantime, and all moved down.
    until(counted, "the flows in the rectangle are counted")
    assert 0 < lowest <= highest < total

    def told():
        # A point outside the rectangle: inside, the rectangle itself takes the pointer.
        for point in points.all()[:: max(1, total // 25)]:
            point.hover(force=True)
            lab.page.wait_for_timeout(200)
            tooltip = lab.page.locator("#vg-tooltip-element.visible")
            if tooltip.count():
                return tooltip.inner_text()

    assert "anomaly score" in until(told, "a point tells of its flow")


def zoom(page):
    """Turns the wheel as one does to zoom in."""
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")


def test_wheel_zooms_and_double_click_shows_all(lab):
    picture, _ = opened(lab, "gallery-projection")
    points = picture.locator("svg g.mark-symbol.role-mark").first.locator("path")

    def apart():
        centres = points.evaluate_all("points => points.map(p => p.getBoundingClientRect()).map(b => b.x + b.width / 2)")
        return max(centres) - min(centres)

    before = apart()
    picture.locator("svg.marks").scroll_into_view_if_needed()
    box = points.first.bounding_box()
    lab.page.mouse.move(box["x"], box["y"])
    lab.page.mouse.wheel(0, 60)
    until(lambda: abs(points.first.bounding_box()["y"] - box["y"]) > 5, "the wheel alone scrolls the notebook")
    assert abs(apart() - before) < 2, "the wheel alone zooms"
    box = points.first.bounding_box()
    lab.page.mouse.move(box["x"], box["y"])
    zoom(lab.page)
    until(lambda: apart() > 1.2 * before, "the wheel draws the points apart")
    lab.page.mouse.dblclick(box["x"], box["y"])
    until(lambda: abs(apart() - before) < 2, "a double click shows all again")


def test_curves_are_as_wide_as_the_cell_and_tell_thresholds(lab):
    picture, spec = opened(lab, "gallery-roc")
    graph = picture.locator("svg.marks")
    graph.scroll_into_view_if_needed()
    cell = picture.evaluate("e => e.closest('.jp-OutputArea-output').clientWidth")
    assert graph.bounding_box()["width"] > 0.85 * cell, "the picture is narrower than the cell"
    names = {row["series"] for row in rows(spec, "curves")}
    assert len(names) == 3 and names <= set(words(picture)), words(picture)
    lines = picture.locator("svg g.mark-line.role-mark path").evaluate_all("paths => paths.map(p => p.getAttribute('d').length)")
    assert len(lines) == 1 + len(names) and max(lines) > 500, f"not a curve for each model, beside that of chance: {lines}"
    plot = picture.locator("svg g.mark-line.role-mark").first.bounding_box()
    tooltip = lab.page.locator("#vg-tooltip-element.visible")

    def told():
        for share in (0.3, 0.5, 0.7):
            lab.page.mouse.move(plot["x"] + share * plot["width"], plot["y"] + 0.4 * plot["height"], steps=3)
            lab.page.wait_for_timeout(300)
            if tooltip.count() and "threshold" in tooltip.inner_text():
                return tooltip.inner_text()

    assert "normal flows flagged" in until(told, "a point of a curve tells its threshold", 60)
    before = sorted(words(picture))
    zoom(lab.page)
    until(lambda: sorted(words(picture)) != before, "the wheel zooms")
    lab.page.mouse.dblclick(plot["x"] + plot["width"] / 2, plot["y"] + plot["height"] / 2)
    until(lambda: sorted(words(picture)) == before, "a double click shows all again")
    assert lab.changed.count() == 0, "zooming changes the notebook"


def test_table_sorts(lab):
    lab.open("notebooks/01_generate_flows.ipynb")
    cell = lab.append('import (\n\t"flowlab/labkit"\n\t"flowlab/labkit/chart"\n)\n\n%%\nchart.Table(labkit.GenerateFlows(42))')
    lab.run_and_read(cell)
    head = lab.outputs(cell).locator("th").filter(has_text="duration")

    def column():
        table = lab.outputs(cell).locator("table").first
        place = table.locator("th").all_inner_texts().index("duration") + 1
        return [float(text.replace(",", "")) for text in table.locator(f"tbody td:nth-child({place})").all_inner_texts()]

    before = column()
    head.click()
    assert column() == sorted(before, reverse=True) != before
    head.press("Enter")
    assert column() == sorted(before)
