"""A release: the folder that others take over, from a dataset folder. It reads no document and asks no network."""
