"""Demos on a page without a kernel: their state as JSON, their code as a script.

Every demo of the course is an anywidget whose JavaScript needs only a model that keeps
values (`docs/site/static/demos.js` has one). So a page carries the state of each demo
and loads its code once, as a plain script that also works from a file.
"""

import base64
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from utils import explorers
from utils.explorers.base import Explorer, read_shared
from utils.explorers.figures import FigureExplorer

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
STATIC = Path("_static", "demos")
STYLE = "demos.css"
OF_THE_FRAME = {"layout", "tabbable", "tooltip"}  # values that only Jupyter uses

State = Mapping[str, Any]


def of_explorer(explorer: Explorer) -> tuple[str, State]:
    """Class name and state of an explorer that was made here."""
    if isinstance(explorer, FigureExplorer):
        explorer.draw_stills()
    return type(explorer).__name__, _plain(explorer.get_state())


def of_notebook(widgets: State, model_id: str) -> tuple[str, State]:
    """Class name and state of the explorer with this id.

    Args:
        widgets: an executed notebook's `metadata.widgets`.
        model_id: what the output of the cell names.
    """
    model = widgets[WIDGET_STATE]["state"][model_id]
    state = json.loads(json.dumps(model["state"]))
    for buffer in model.get("buffers", []):
        *parents, name = buffer["path"]
        place = state
        for parent in parents:
            place = place[parent]
        place[name] = {"base64": buffer["data"]}
    name = state["_anywidget_id"].rpartition(".")[2]
    explorer_class = getattr(explorers, name)
    if issubclass(explorer_class, FigureExplorer):
        again = explorer_class(**state["state"])
        again.draw_stills()
        state["stills"] = _plain(again.stills)
    return name, state


def write_code(folder: Path, name: str, state: State) -> None:
    """The demo's code and the style of all demos, as files below `folder`."""
    target = folder / STATIC
    target.mkdir(parents=True, exist_ok=True)
    own = str(state["_esm"]).replace("export default", f"courseDemos.code.{name} =")
    (target / f"{name}.js").write_text(f"(() => {{\n{own}\n}})();\n", encoding="utf-8")
    (target / STYLE).write_text(read_shared("shell.css"), encoding="utf-8")


def markup(name: str, state: State, *, depth: int) -> str:
    """HTML that shows the demo on a page `depth` folders below the site's root."""
    values = {
        key: value
        for key, value in state.items()
        if not key.startswith("_") and key not in OF_THE_FRAME
    }
    text = json.dumps(values).replace("</", "<\\/")
    spec = values["spec"]
    code = "../" * depth + (STATIC / f"{name}.js").as_posix()
    return (
        f'<div class="course-demo" data-demo="{name}" data-code="{code}">'
        f"<noscript>{html.escape(spec['title'])}: this demo needs JavaScript."
        "</noscript>"
        f'<script type="application/json">{text}</script></div>'
    )


def _plain(value: Any) -> Any:
    """A widget's state with bytes as base64."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
