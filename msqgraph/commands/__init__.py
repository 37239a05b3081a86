"""Doors on the command line that belong to no single room: options in, one call, exit code out."""
