"""The SPARQL 1.1 Protocol over HTTP: what a request asks, in which format, and how the answer goes back."""
