"""What people read afterwards: feedback, reports and grades."""
