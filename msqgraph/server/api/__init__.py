"""The data as JSON for web developers, from the same read models as the pages, described by OpenAPI."""
