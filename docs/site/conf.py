"""How Sphinx makes the web site; `course site` fills the folder that it reads."""

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

project = "Deep learning, executable"
author = "The authors of the course"
language = "en"
extensions = ["myst_nb", "sphinx.ext.mathjax", "sphinx_design"]
exclude_patterns = ["**/plain/*", "_static"]

# Lectures arrive executed.
nb_execution_mode = "off"
nb_merge_streams = True
nb_number_source_lines = False
# Only tests are folded.
nb_code_prompt_show = "Show the test"
nb_code_prompt_hide = "Hide the test"
myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath", "html_image"]
myst_heading_anchors = 3
# Exercises and guides jump over heading levels where a reader does not mind.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]

# Formulas are set by MathJax from the site's own folder.
html_static_path = ["static"]
mathjax_path = "mathjax/tex-chtml-full.js"
mathjax3_config = {"options": {"enableMenu": False}}

html_theme = "pydata_sphinx_theme"
html_title = project
html_short_title = project
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_js_files = ["demos.js", "formulas.js", "print.js"]
html_favicon = "static/favicon.svg"
html_css_files = ["demos/demos.css", "course.css"]
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button"],
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["license"],
    "footer_end": [],
    "show_toc_level": 2,
    "search_bar_text": "Search the course",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"index": [], "demos": []}
templates_path = [str(HERE / "templates")]


def setup(app: Any) -> None:
    """Take the demos and MathJax, which `course site` put beside the pages, along."""
    app.connect(
        "config-inited",
        lambda _, config: config.html_static_path.append(str(app.srcdir / "_static")),
    )
