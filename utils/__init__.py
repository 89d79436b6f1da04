"""What the notebooks share: data, figures, demos, checks and training."""
