# Two commands do all the set-up on a machine with Python 3.11 or later: make graph, make test.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SYSTEM := virtuoso-opensource-7-bin libreoffice-writer-nogui raptor2-utils serdi apache2-bin default-jre-headless graphviz chromium curl systemd fonts-noto-core fonts-wqy-zenhei
PROGRAMS := virtuoso-t isql-vt soffice rapper serdi apache2 java dot chromium curl systemd-analyze
FONTS  := /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc
CKAN   := .venv-ckan
NPM    := tests/npm/node_modules

.PHONY: graph test docs diagram screenshots messages accessibility site accuracy bench fuzz corpus expected reference vendor outlines lock system clean

graph: $(VENV)/.installed   ## build the sample into build/, print the summary and one query's answer
	$(BIN)/msqgraph build responses -o build || test $$? -eq 1
	$(BIN)/msqgraph query which-agency-is-responsible-for-what --data build

test: $(VENV)/.installed        ## all tests: format, style, types, behaviour
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile

docs: $(VENV)/.installed        ## the documentation site, offline, into dist/docs; a warning is an error
	$(BIN)/python -m properdocs build --strict

diagram: $(VENV)/.installed     ## draw the model anew into docs/model.svg (needs Graphviz)
	$(BIN)/python -m docs.generate.diagram

screenshots: $(VENV)/.installed ## take the pictures of docs/website.md anew (needs Chromium)
	$(BIN)/python -m docs.generate.screenshots

messages: $(VENV)/.installed    ## bring the pages' words in other languages up to date with the templates
	$(BIN)/python -m msqgraph.server.catalogues

site: $(VENV)/.installed        ## write the sample's static site and follow every link in it
	MSQGRAPH_WHOLE_SITE=1 $(BIN)/pytest tests/test_site.py

accessibility: $(VENV)/.installed ## every page in every look, checked by axe-core (needs Chromium)
	MSQGRAPH_EVERY_LOOK=1 $(BIN)/pytest tests/test_accessibility.py

accuracy: $(VENV)/.installed    ## how right the reading is: writes docs/accuracy.md
	$(BIN)/python -m tests.corpus.accuracy

bench: $(VENV)/.installed       ## time and memory as ratios; see docs/performance.md
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/.installed        ## ask the JSON API what nobody thought of, for some hours
	MSQGRAPH_FUZZ_EXAMPLES=300 $(BIN)/pytest tests/test_api_fuzzed.py

corpus: $(VENV)/.installed ## render the documents of the corpus anew (needs LibreOffice and fonts: see tests/corpus/README.md)
	$(BIN)/python -m tests.corpus.render

expected: $(VENV)/.installed ## write the expected graphs and rows of the tests anew: read the difference before committing it
	$(BIN)/python -m tests.regenerate

reference: $(VENV)/.installed ## write the generated reference data anew: read the difference before committing it
	$(BIN)/python -m msqgraph.reference

vendor: $(VENV)/.installed ## fetch the shapes of the world map and the editor anew, checked by their SHA-256 (needs npm and its registry)
	rm -rf dist/vendor && mkdir -p dist/vendor
	cd dist/vendor && npm pack --silent "$$(../../$(BIN)/python -c 'from msqgraph import vendoring; print(vendoring.PACKAGE)')"
	$(BIN)/python -m msqgraph.vendoring dist/vendor/*.tgz
	$(MAKE) outlines
	mkdir -p dist/vendor/editor
	cd dist/vendor/editor && npm pack --silent $$(../../../$(BIN)/python -c 'from msqgraph.server.editor import vendoring; print(*vendoring.PACKAGES)')
	$(BIN)/python -m msqgraph.server.editor.vendoring dist/vendor/editor

outlines: $(VENV)/.installed ## draw the world map's outlines anew from the vendored shapes
	$(BIN)/python -m msqgraph.server.pages.world_drawing

lock:                     ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.lock pyproject.toml --extra analysis --extra ocr --extra serve --group dev -o requirements-dev.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 -c requirements.lock pyproject.toml --extra serve -o requirements-serve.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 tests/harvest/requirements.in -o tests/harvest/requirements.lock

system: $(CKAN)/.installed $(NPM)/.installed ## what tests need besides: Debian's packages, none as a service; CKAN in an environment of its own; npm's
	@PATH="$$PATH:/usr/sbin"; if command -v $(PROGRAMS) > /dev/null && [ "$$(command -v $(PROGRAMS) | wc -l)" = $(words $(PROGRAMS)) ] && ls $(FONTS) > /dev/null 2>&1; then exit 0; fi; \
	command -v apt-get > /dev/null || { echo "install these yourself: $(SYSTEM); without them their tests are skipped" >&2; exit 1; }; \
	if [ "$$(id -u)" != 0 ]; then command -v sudo > /dev/null || { echo "run as root: make system" >&2; exit 1; }; sudo=sudo; fi; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(SYSTEM)

# CKAN is AGPL: it reads the catalogue in a test, and nothing here imports it
$(CKAN)/.installed: tests/harvest/requirements.lock
	$(PYTHON) -m venv $(CKAN)
	$(CKAN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/harvest/requirements.lock
	touch $@

# a client of the endpoint and the checker of the pages' accessibility; they need Node.js 20 or later
$(NPM)/.installed: tests/npm/package-lock.json
	@command -v npm > /dev/null || { echo "install Node.js 20 or later with npm: without it some tests are skipped" >&2; exit 1; }
	npm ci --silent --prefix tests/npm --ignore-scripts --no-audit --no-fund
	touch $@

clean:
	rm -rf build dist $(VENV) $(CKAN) $(NPM)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "msqgraph needs Python 3.11 or later; set PYTHON=python3.12, say")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@
