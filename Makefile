# Two commands do all the set-up on a machine with Python 3.11 or later: make graph, make test.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: graph test bench expected reference lock system clean

graph: $(VENV)/.installed   ## build the sample into build/, print the summary and one query's answer
	$(BIN)/msqgraph build responses -o build || test $$? -eq 1
	$(BIN)/msqgraph query which-agency-is-responsible-for-what --data build

test: $(VENV)/.installed        ## all tests: format, style, types, behaviour
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(VENV)/.installed       ## time and memory as ratios; see docs/performance.md
	$(BIN)/python -m benchmarks

expected: $(VENV)/.installed ## write the expected graphs and rows of the tests anew: read the difference before committing it
	$(BIN)/python -m tests.regenerate

reference: $(VENV)/.installed ## write the generated reference data anew: read the difference before committing it
	$(BIN)/python -m msqgraph.reference

lock:                     ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

system:                   ## system packages that some tests need: none so far
	@echo "no system packages needed"

clean:
	rm -rf build $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "msqgraph needs Python 3.11 or later; set PYTHON=python3.12, say")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@
