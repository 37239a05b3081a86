"""What the SPARQL editor and the pages of results need besides pages: the vendored editor, its terms, drawn charts."""
