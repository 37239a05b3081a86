"""Pushing a dataset folder into any SPARQL 1.1 store: graph by graph, resumable, verified by counts."""
