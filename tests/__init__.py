"""The tests: small, each saying what it protects; cases are folders of input and expected output."""
