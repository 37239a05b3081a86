"""The static twin of the server: the same pages and data files as a folder that any web host serves."""
