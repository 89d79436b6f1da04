"""What instructors edit and release."""
