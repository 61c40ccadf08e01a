# Everything runs in a virtual environment of its own, with the versions locked in requirements/.
# A machine needs Python 3.11 or later with venv, git and make. Another interpreter: make test PYTHON=python3.13
# DATA is the folder of research data, which only bench and train (and the tests marked "shared") use.

PYTHON ?= python3
DATA ?= ../shared/data
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check -qq
LOCK := $(PIP) install --require-hashes
COMPILE := --universal --python-version 3.11 --generate-hashes --no-header --quiet --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo screenshots test lint bench train lock clean

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.package ## Read the sample articles and show what the record answers
	@$(RUN) examples/demo.py

screenshots: $(VENV)/.dev ## Picture the web app on the sample corpus, into docs/screenshots/
	@$(RUN) examples/screenshots.py

test: lint ## Check style and types, then run the tests
	$(RUN) -m pytest -q

lint: $(VENV)/.dev ## Check style and types only
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

bench: $(VENV)/.dev ## Measure size, speed and the record; dated tables go to benchmarks/results/ (slow)
	$(RUN) benchmarks/size.py
	$(RUN) benchmarks/speed.py --data $(DATA)/polnear/dev
	$(RUN) benchmarks/reading.py --data $(DATA)/pages
	$(RUN) benchmarks/speakers.py --data $(DATA)/syria --only syria08 syria11 --gum $(DATA)/gum
	$(RUN) benchmarks/record.py
	$(RUN) benchmarks/batch.py

train: $(VENV)/.train ## Train the statement finder anew from the research data (hours)
	$(RUN) -m training --data $(DATA)

lock: $(VENV)/.dev ## Choose versions anew and write requirements/*.txt (needs the network)
	$(PIP) install uv
	$(VENV)/bin/uv pip compile $(COMPILE) requirements/build.in -o requirements/build.txt
	$(VENV)/bin/uv pip compile $(COMPILE) pyproject.toml -c requirements/build.txt -o requirements/base.txt
	$(VENV)/bin/uv pip compile $(COMPILE) pyproject.toml --extra dev --extra web --extra archives --extra spark \
		-c requirements/build.txt -c requirements/base.txt -o requirements/dev.txt

clean: ## Remove the virtual environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: made once, and again only when what they stand for has changed.

$(VENV)/.base: requirements/build.txt requirements/base.txt
	@test -x $(RUN) || $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, and this is " \
		+ sys.version.split()[0] + ": make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(RUN) || { echo "Making $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the locked versions (once)"
	@$(LOCK) -r requirements/build.txt -r requirements/base.txt
	@touch $@

$(VENV)/.package: $(VENV)/.base pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.package requirements/dev.txt
	@echo "Installing the tools for testing (once)"
	@$(LOCK) -r requirements/dev.txt
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	@echo "Installing what training needs (once; torch is large)"
	@$(PIP) install --no-build-isolation --editable '.[train]'
	@touch $@
