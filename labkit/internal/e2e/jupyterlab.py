"""JupyterLab as its user sees it."""

import re
import time
from urllib.parse import urlsplit

from playwright.sync_api import expect

# What is waited for comes much sooner, but on a busy machine. In seconds.
PATIENCE = 180
RUN_ALL = 900

# The name of a picture for those who do not see it: its own, or that of the
# figure around it.
PICTURES = """output => [...output.querySelectorAll("img, svg, canvas")]
  .filter(p => !p.parentElement.closest("svg, summary, button"))
  .map(p => {
    const box = p.getBoundingClientRect();
    const named = p.closest("[aria-label], [alt]") ?? p.querySelector("[aria-label]");
    const name = p.querySelector("title")?.textContent ?? named?.getAttribute("aria-label") ?? named?.getAttribute("alt");
    return {width: box.width, height: box.height, loaded: p.tagName != "IMG" || p.naturalWidth > 0, name: name ?? ""};
  })"""

TABLES = """output => [...output.querySelectorAll("table")].map(t => {
    const box = t.getBoundingClientRect();
    return {width: box.width, height: box.height, rows: t.rows.length};
  })"""


def until(condition, what, seconds=PATIENCE):
    """Waits until condition() is true, and returns what it gave."""
    end = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.2)
    return result


class JupyterLab:
    def __init__(self, page, url, token):
        self.page, self.url, self.token = page, url, token
        self.outside = []
        self.answered = False  # the kernel has said that it is there
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", self._note)
        page.on("websocket", lambda socket: socket.on("framereceived", self._listen))
        page.context.on("page", lambda new: new.on("request", self._note))

    def _note(self, request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.url).netloc:
            self.outside.append(request.url)

    def _listen(self, frame):
        data = frame if isinstance(frame, bytes) else frame.encode()
        self.answered = self.answered or b"kernel_info_reply" in data

    # Files and kernels, by the API.

    def contents(self, path):
        return self.api("get", f"contents/{path}").json()["content"]

    def text(self, path):
        return self.api("get", f"contents/{path}?type=file&format=text").json()["content"]

    def writable(self, path):
        return self.api("get", f"contents/{path}?content=0").json()["writable"]

    def end_kernels(self):
        for session in self.api("get", "sessions").json():
            self.api("delete", f"sessions/{session['id']}")

    def api(self, method, path):
        call = getattr(self.page.request, method)
        answer = call(f"{self.url}api/{path}", headers={"Authorization": f"token {self.token}"})
        assert answer.ok, f"{method} {path}: {answer.status}"
        return answer

    # A notebook.

    def open(self, path):
        self.answered = False
        self.page.goto(f"{self.url}lab/tree/{path}?reset&token={self.token}")
        self.await_open(path)

    def await_open(self, path):
        """Waits until the notebook is in front and its kernel is ready."""
        name = path.rsplit("/", 1)[-1]
        expect(self.page.locator(".jp-mod-current .lm-TabBar-tabLabel, .lm-mod-current .lm-TabBar-tabLabel").filter(has_text=name).first).to_be_visible(timeout=PATIENCE * 1000)
        expect(self.cells).to_have_count(len(self.contents(path)["cells"]), timeout=PATIENCE * 1000)
        self.await_answer()

    def await_answer(self):
        """Waits until the kernel is there: before, JupyterLab drops what it is to run."""
        until(self._answers, "the kernel has started")

    def _answers(self):
        self.page.wait_for_timeout(100)  # the driver listens meanwhile
        return self.answered and self.status() in ("idle", "unknown")  # idle only after the first cell

    def restart(self):
        self.answered = False
        self.panel.locator('[data-jp-item-name="restart"]').click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.await_answer()

    @property
    def panel(self):
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    @property
    def cells(self):
        return self.panel.locator(".jp-Notebook .jp-Cell")

    def status(self):
        return self.panel.locator(".jp-Notebook-ExecutionIndicator").get_attribute("data-status")

    def waiting(self):
        """The number of cells that are running or wait for it."""
        return self.panel.locator(".jp-InputArea-prompt").filter(has_text="*").count()

    def await_idle(self, seconds=PATIENCE):
        until(lambda: self.status() == "idle" and self.waiting() == 0, "the kernel is idle", seconds)

    def run_all(self):
        self.menu("Run", "runmenu:run-all")
        until(lambda: self.waiting() or self._ran(), "Run All begins")
        self.await_idle(RUN_ALL)

    def _ran(self):
        return self.panel.locator(".jp-InputArea-prompt").filter(has_text=re.compile(r"\[\d+\]")).count()

    def save(self, path):
        """Saves the notebook and returns its file."""
        with self.page.expect_response(lambda answer: answer.request.method == "PUT" and f"api/contents/{path}" in answer.url):
            self.menu("File", "docmanager:save")
        expect(self.changed).to_have_count(0, timeout=PATIENCE * 1000)
        return self.contents(path)

    @property
    def changed(self):
        """The mark of a notebook in front that is not as its file is."""
        return self.page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty")

    def menu(self, menu, command):
        self.page.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
        self.page.locator(f'.lm-Menu-item[data-command="{command}"]').click()

    # Cells. Those out of view may not be drawn: scroll first.

    def show(self, index):
        cell = self.cells.nth(index)
        cell.evaluate("cell => cell.scrollIntoView()")
        return cell

    def outputs(self, index):
        return self.show(index).locator(".jp-OutputArea-output")

    def pictures(self, index):
        return self._drawn(index, PICTURES)

    def tables(self, index):
        return self._drawn(index, TABLES)

    def _drawn(self, index, script):
        return [one for output in self.outputs(index).all() for one in output.evaluate(script)]

    def write(self, index, source):
        """Replaces what stands in a cell."""
        self.show(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def append(self, source):
        """Writes a new cell at the end and returns its index."""
        last = self.cells.count() - 1
        until(lambda: self._choose(last), "the last cell is the active one")
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        expect(self.cells).to_have_count(last + 2, timeout=PATIENCE * 1000)
        self.write(last + 1, source)
        return last + 1

    def _choose(self, index):
        # The left edge of its prompt: a button that collapses headings covers the
        # right half. A notebook that still moves may put another cell there.
        self.show(index).locator(".jp-InputPrompt").click(position={"x": 4, "y": 4})
        return "jp-mod-active" in (self.cells.nth(index).get_attribute("class") or "")

    def run(self, index):
        """Runs a cell and does not wait for its end."""
        self.show(index).locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def run_and_read(self, index):
        """Runs a cell and returns the text of its output."""
        # A new kernel may give it the number that it has.
        self.show(index).locator(".jp-InputArea-prompt").evaluate("prompt => { prompt.textContent = '' }")
        self.run(index)
        until(lambda: self.prompt(index) not in ("", "[*]:"), "the cell has run")
        self.await_idle()
        return self.said(index)

    def said(self, index):
        return "\n".join(self.outputs(index).all_inner_texts()).strip()

    def prompt(self, index):
        return self.cells.nth(index).locator(".jp-InputArea-prompt").inner_text().strip()
