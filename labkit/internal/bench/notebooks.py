"""Times the cells of a notebook.

    python notebooks.py NOTEBOOK

starts the notebook's kernel, runs all cells, and all of them again in the same
kernel, and prints what it measured as JSON, in seconds:

    start          until the kernel answers
    cold, warm     of each cell, first and second time
    pictures       from the start of the kernel to each picture, first time
    total          from there to the end of the last cell, first time

A cell takes from its request until the kernel is idle again, as in JupyterLab.
"""

import json
import subprocess
import sys
import time

import jupyter_client
import nbformat


class Failure(Exception):
    pass


def run(client, source, on_picture):
    """Returns how long a cell took and what it printed."""
    begin = time.perf_counter()
    request = client.execute(source)
    text = []
    while True:
        message = client.get_iopub_msg(timeout=300)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            break
        if kind == "error":
            raise Failure("\n".join([source, content["ename"], content["evalue"]]))
        if kind == "stream":
            text.append(content["text"])
        if kind in ("display_data", "update_display_data") and any("image/" in type + str(data)[:4000] for type, data in content["data"].items()):
            on_picture()
    client.get_shell_msg(timeout=300)
    return time.perf_counter() - begin, "".join(text)


def measure(path):
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    pictures, texts = [], []
    begin = time.perf_counter()
    manager, client = jupyter_client.manager.start_new_kernel(
        kernel_name=notebook.metadata.kernelspec.name, startup_timeout=120, stderr=subprocess.DEVNULL
    )
    try:
        start = time.perf_counter() - begin
        cold = []
        for source in sources:
            seconds, text = run(client, source, lambda: pictures.append(time.perf_counter() - begin))
            cold.append(seconds)
            texts.append(text)
        total = time.perf_counter() - begin
        warm = [run(client, source, lambda: None)[0] for source in sources]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return {"start": start, "cold": cold, "warm": warm, "pictures": pictures, "total": total, "texts": texts}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
