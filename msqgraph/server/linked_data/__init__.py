"""Every IRI of a dataset answers: with what is said of it, in the format that is asked for, or with why it does not."""
