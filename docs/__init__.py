"""What is written about the project, and in :mod:`docs.generate` what makes a site of it."""
