# BillingBot. `make run` and `make test` set everything up that they need.
PYTHON ?= python3
BIN := .venv/bin
# Tests without a browser run on all cores. Those with one take turns: several browsers at once would be slow for each.
SIDE_BY_SIDE := --numprocesses auto --dist loadfile --ignore tests/browser
CHROMIUM_NAMES := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: run test check lint types layers setup setup-dev chromium nginx postgres bench faults mutations quality screenshots clean

run: setup  ## open the app on the embedded database; it leads through its setup
	@$(BIN)/python -m billingbot run

test: setup-dev chromium nginx postgres lint types layers  ## everything: lint, types, layers, all tests
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest tests/browser

check: setup-dev postgres lint types layers  ## everything that needs no browser
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
	$(BIN)/python -m bench.load

# Two processes of tests, each with its own server: crashes, kills and browsers want a core.
faults: setup-dev chromium postgres  ## every fault of docs/faults.md, which this writes; many more trials with SIZE=full
	BILLINGBOT_FAULTS=$(SIZE) $(BIN)/python -m pytest -m fault --numprocesses 2 --dist loadfile \
		--faults-report docs/faults.md tests

mutations: setup-dev  ## switch each guard off in a copy and see its tests go red: make mutations [ONLY="name name"]
	$(BIN)/python -m tests.faults.mutate $(if $(ONLY),--only $(ONLY),--report docs/faults-mutations.md)

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

# The test of two processes puts an nginx of its own before them. The system's, once installed for that, serves nobody.
nginx:
	@for folder in $$(echo "$$PATH:/usr/sbin:/usr/local/sbin" | tr : ' '); do test -x $$folder/nginx && exit 0; done; \
	if command -v apt-get >/dev/null; then \
		sudo=$$(test "$$(id -u)" = 0 || command -v sudo) || test "$$(id -u)" = 0 || \
			{ echo "The test of two processes needs nginx: ask an administrator to install the package nginx."; exit 1; }; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq nginx >/dev/null || exit 1; \
		! command -v systemctl >/dev/null || $$sudo systemctl disable --quiet --now nginx || true; \
	elif command -v brew >/dev/null; then brew install nginx; \
	else echo "The test of two processes needs nginx on PATH."; exit 1; fi

# Store tests run on PostgreSQL, too: on a server that BILLINGBOT_TEST_POSTGRES names, with the system's own programs, or
# with those of a package that requirements-dev.txt brings.
postgres: setup-dev
	@test -n "$$BILLINGBOT_TEST_POSTGRES" || \
		$(BIN)/python -c 'from tests.postgres_server import programs; programs()' 2>/dev/null || \
		{ echo "Tests need PostgreSQL: install its package, or name a server in BILLINGBOT_TEST_POSTGRES."; exit 1; }

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
