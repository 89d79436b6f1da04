"""Makes every page that shows a learner's work safe: one call in nbgrader_config.py.

    from autograder.reports.pages import protect
    protect(c)

Formgrader and feedback are both made by nbconvert's HTMLExporter, so that one
configuration covers them, under `nbgrader`, under JupyterLab and under `course`.
"""

from pathlib import Path

import nbgrader
from traitlets.config import Config

TEMPLATES = Path(__file__).parent / "templates"
_NBGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"


def protect(config: Config) -> None:
    """Sanitize what learners wrote, hide hidden tests, need no other server."""
    config.HTMLExporter.filters = {
        "markdown2html": "autograder.reports.sanitize.safe_markdown",
    }
    config.HTMLExporter.preprocessors = [
        "autograder.reports.clean_notebook.CleanOutputs"
    ]
    config.HTMLExporter.extra_template_basedirs = [
        str(TEMPLATES),
        str(_NBGRADER / "templates"),
    ]
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "autograder.reports.task_names.NameTasks",
        "autograder.reports.hidden_tests.HideHiddenTests",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
