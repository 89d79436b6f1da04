"""The learner's side: copies to work on, checks, and what is handed in."""
