"""nbgrader's view of this course; `course` and `nbgrader` both read it."""

from pathlib import Path

from autograder.reports.pages import protect

root = Path(__file__).parent

c = get_config()  # noqa: F821 - traitlets defines it while it reads this file

c.CourseDirectory.course_id = "deep_learning"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# What grading produces stays out of the tree that is under version control.
c.CourseDirectory.submitted_directory = "build/submitted"
c.CourseDirectory.autograded_directory = "build/autograded"
c.CourseDirectory.feedback_directory = "build/feedback"
c.CourseDirectory.solution_directory = "build/solution"
c.CourseDirectory.db_url = f"sqlite:///{root / 'build' / 'gradebook.db'}"
c.Exchange.root = str(root / "build" / "exchange")

c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("replace this line with your answer")'
}
c.ClearSolutions.text_stub = "*Replace this line with your answer.*"

# Learners' code runs in a jail, and tests in a process that it never shares.
c.Autograde.sanitize_preprocessors = [
    "autograder.judging.execute.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.judging.execute.JudgedExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Pages that show a learner's work run nothing of it and load nothing from elsewhere.
protect(c)
