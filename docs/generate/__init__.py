"""The documentation site: pages made from the code, the ontology and the other assets, beside those written by hand.

Nothing here is needed to run msqgraph. ``properdocs.yml`` names :mod:`docs.generate.hooks`, through which ProperDocs
gets everything else; docs/decisions/0016-documentation-site.md says why it is built like this.
"""
