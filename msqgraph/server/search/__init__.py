"""Full-text search over names and answers in all languages: an index beside the data, made of what the data say."""
