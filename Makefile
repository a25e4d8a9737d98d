.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench

PORT ?= 8000
VENV := .venv
python := $(VENV)/bin/python
pip := $(python) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
candidates := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
export FINPULSE_DATA ?= $(abspath ../shared/data)

help: ## Say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/.run ## Start FinPulse with its local services at http://127.0.0.1:8000 until Ctrl-C; PORT=… moves it
	@$(python) -m finpulse.local run --port $(PORT) --stop-with-parent

test: $(VENV)/.dev ## Run the whole test suite with branch coverage; ARGS=… goes to pytest
	@$(python) -m tests $(ARGS)

check: $(VENV)/.dev ## Lint, format, types, layering, templates, security, complexity, migrations, deploy checks
	@$(python) -m finpulse.local check

bench: $(VENV)/.dev ## Measure load and scale; ARGS=… goes to the benchmark
	@$(python) -m bench $(ARGS)

$(VENV)/.made:
	@for candidate in $(candidates); do \
	  if "$$candidate" -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    "$$candidate" -m venv --clear $(VENV) && touch $@; exit; \
	  fi; \
	  found="$$found $$("$$candidate" --version 2>/dev/null | sed "s|^Python|$$candidate is|")"; \
	done; \
	echo "FinPulse needs Python 3.11, 3.12 or 3.13 with its venv module; found:$${found:- none}." \
	  "Install one, or name one: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3.12" >&2; exit 1

$(VENV)/.run: requirements.txt requirements-local.txt constraints.txt | $(VENV)/.made
	@echo "Installing the packages FinPulse runs with ..."
	@$(pip) --requirement requirements.txt --requirement requirements-local.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing the packages that test and check it ..."
	@$(pip) --requirement requirements-dev.txt
	@touch $@
