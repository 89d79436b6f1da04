"""What learners sent, read without trust and put in order."""
