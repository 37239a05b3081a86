"""One format per file, all from a dataset folder; nothing here reads a document."""
