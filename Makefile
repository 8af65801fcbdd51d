# Needs git, make and Python 3.11 or newer; everything else comes with requirements.lock.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/installed
COMPARED := .venv/compared
BENCHES := ingest titles

.PHONY: demo test check lint types lock golden screenshots bench clean

demo: $(INSTALLED) ## poll the bundled newsroom over local HTTP and show what it announced
	$(BIN)/tradewatch demo

test: $(INSTALLED) ## every test, warnings as errors
	$(BIN)/pytest

check: lint types test ## what has to hold before a change lands

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

golden: $(INSTALLED) ## write the golden files anew, to be reviewed as a diff
	$(BIN)/python -m tests.golden.regenerate

screenshots: $(INSTALLED) ## write the pictures of docs/images anew, to be looked at (needs Debian's package chromium)
	$(BIN)/python -m tests.review.screenshots

bench: $(INSTALLED) $(COMPARED) ## ingestion, beside the reader library, and the others of bench/README.md
	for name in $(BENCHES); do $(BIN)/python bench/$$name.py > bench/$$name.txt && cat bench/$$name.txt || exit 1; done

lock: $(INSTALLED) ## resolve requirements.lock anew from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --all-extras --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-header --no-annotate --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-header --no-annotate --constraint requirements.lock --output-file requirements-bench.lock requirements-bench.in

$(INSTALLED): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(COMPARED): requirements-bench.lock $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-bench.lock
	touch $@

clean:
	rm -rf .venv out demo
