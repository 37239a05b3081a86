"""The read-only web server of a dataset: SPARQL endpoint, linked data, pages and JSON, from a folder or an endpoint."""
