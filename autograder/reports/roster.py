"""Matches the people of a learning platform with the students of the gradebook."""

from autograder.collecting.owners import Owner
from autograder.course import Course
from autograder.reports.gradebook import has_gradebook, open_gradebook


def known_students(course: Course) -> dict[str, str]:
    """The student id of each platform id (nbgrader's `lms_user_id`)."""
    if not has_gradebook(course):
        return {}
    with open_gradebook(course) as gradebook:
        return {
            student.lms_user_id: student.id
            for student in gradebook.students
            if student.lms_user_id
        }


def register(course: Course, owners: list[Owner]) -> None:
    """Note names and platform ids of students; a name that is there stays."""
    if not owners:
        return
    with open_gradebook(course) as gradebook:
        for owner in owners:
            student = gradebook.update_or_create_student(
                owner.student, lms_user_id=owner.platform_id
            )
            if not student.last_name and not student.first_name:
                first, _, last = owner.name.rpartition(" ")
                student.first_name, student.last_name = first, last
        gradebook.db.commit()
