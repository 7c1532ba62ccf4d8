# BillingBot. `make run` and `make test` set everything up that they need.
PYTHON ?= python3
BIN := .venv/bin
# Tests without a browser run on all cores. Those with one take turns: several browsers at once would be slow for each.
SIDE_BY_SIDE := --numprocesses auto --dist loadfile --ignore tests/browser
CHROMIUM_NAMES := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: run test check lint types layers setup setup-dev chromium bench quality screenshots clean

run: setup  ## open the app on the embedded database; it leads through its setup
	@$(BIN)/python -m billingbot run

test: setup-dev chromium lint types layers  ## everything: lint, types, layers, all tests
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest tests/browser

check: setup-dev lint types layers  ## everything that needs no browser
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports --no-cache

bench: setup-dev chromium  ## one module a question; each prints a ratio against an alternative measured in the same run
	$(BIN)/python -m bench.refresh
	$(BIN)/python -m bench.matching
	$(BIN)/python -m bench.exports
	$(BIN)/python -m bench.billing
	$(BIN)/python -m bench.grid

quality: setup-dev  ## how often matching is right: make quality LABELLED=folder (see bench/accuracy/labelled.py)
	@test -n "$(LABELLED)" || { echo "Which labelled sets? make quality LABELLED=folder"; exit 2; }
	$(BIN)/python -m bench.quality "$(LABELLED)"

screenshots: setup-dev chromium  ## the pictures of the documentation
	$(BIN)/python -m tests.browser.screenshots

# Depending on setup-dev here keeps `make -j test` and `make lint` on a fresh clone right.
lint types layers: setup-dev

setup: .venv/.run

setup-dev: .venv/.dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "BillingBot needs Python 3.11 or newer. Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.run: requirements.txt $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.run

# Browser tests drive an installed Chromium or Chrome; where there is none, the distribution's package is installed.
chromium:
	@for name in $(CHROMIUM_NAMES); do command -v $$name >/dev/null && exit 0; done; \
	test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" && exit 0; \
	if command -v apt-get >/dev/null; then \
		sudo=$$(test "$$(id -u)" = 0 || command -v sudo) || test "$$(id -u)" = 0 || \
			{ echo "Browser tests need Chromium: ask an administrator to install the package chromium."; exit 1; }; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium >/dev/null; \
	elif command -v brew >/dev/null; then brew install --cask chromium; \
	else echo "Browser tests need Chromium or Chrome on PATH."; exit 1; fi

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
