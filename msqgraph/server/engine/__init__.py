"""Who answers a query of the server: worker processes over an embedded store, or an endpoint elsewhere."""
