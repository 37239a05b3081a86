"""Filled-in forms whose truth is known: transcripts by hand, documents rendered from them, the board of accuracy."""
