"""What all explorers share: state, controls, presets, read-out and summary."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from utils.explorers.controls import Control, State

FOLDER = Path(__file__).parent
SHARED_SCRIPTS = (
    "colors.js",
    "panel.js",
    "random.js",
    "controls.js",
    "player.js",
    "handles.js",
    "share.js",
    "shell.js",
)


def read_shared(name: str) -> str:
    """The text of one of the files that all explorers use."""
    return (FOLDER / name).read_text(encoding="utf-8")


class Explorer(anywidget.AnyWidget):
    """One picture that answers one question while the learner moves something.

    A subclass names its parts in class attributes and draws in a JavaScript file that
    has the name of its module. Every value of `start` can be given to the constructor:
    `LineFit(outlier_y=3)`.

    Attributes:
        title: a few words.
        task: one sentence; what the learner should find out by moving something.
        controls: the controls, in the order in which they are shown.
        presets: button text → the values that the button sets.
        start: all values of the state at the beginning.
        script: the JavaScript file; by default the one beside the module.
        state: the current values; follows the browser, and may be set from Python.
        readout: the numbers that the picture shows.
        summary: the picture in one or two sentences, also read by screen readers.
        message: why there is no picture now; empty if there is one.
    """

    title: ClassVar[str] = ""
    task: ClassVar[str] = ""
    controls: ClassVar[tuple[Control, ...]] = ()
    presets: ClassVar[Mapping[str, State]] = {}
    start: ClassVar[State] = {}
    script: ClassVar[Path | None] = None

    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    readout = traitlets.Dict().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **options: Any) -> None:
        """Join the shared JavaScript with the explorer's own."""
        super().__init_subclass__(**options)
        if "title" in cls.__dict__:
            cls._esm = cls._joined_scripts()
            cls._css = read_shared("shell.css")

    def __init__(self, **values: Any) -> None:
        start = self._checked(self.start, values)
        super().__init__(state=start, spec=self._describe(start))

    @traitlets.validate("state")
    def _keep_known_values(self, proposal: Any) -> State:
        return self._checked(self.start, proposal["value"])

    @classmethod
    def _joined_scripts(cls) -> str:
        own = cls.script or Path(inspect.getfile(cls)).with_suffix(".js")
        parts = [read_shared(name) for name in SHARED_SCRIPTS]
        parts += [own.read_text(encoding="utf-8")]
        return "\n".join([*parts, "export default { render: mount(explorer) };", ""])

    @classmethod
    def _describe(cls, start: State) -> State:
        return {
            "name": cls.__name__,
            "defaults": dict(cls.start),
            "title": cls.title,
            "task": cls.task,
            "controls": [control.describe() for control in cls.controls],
            "presets": [
                {"label": label, "values": values}
                for label, values in cls.presets.items()
            ],
            "start": start,
        }

    @classmethod
    def _checked(cls, before: State, values: State) -> State:
        """`before` with new values.

        Raises:
            ValueError: a value has an unknown name or is outside its control's range.
        """
        if unknown := sorted(set(values) - set(cls.start)):
            raise ValueError(
                f"{cls.__name__} has no value called {unknown[0]}. "
                f"It has: {', '.join(cls.start)}."
            )
        state = {**before, **values}
        for control in cls.controls:
            if not control.accepts(state[control.name]):
                raise ValueError(
                    f"{cls.__name__} cannot show {control.name} = "
                    f"{state[control.name]!r}. The control is {control}."
                )
        return state
