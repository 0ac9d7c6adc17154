# The verbs of the project. `make run` and `make test` need nothing but Python 3.11 to 3.13.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

run: $(VENV)/run.stamp ## install and open the dashboard
	$(BIN)/streamlit run app.py --server.headless false --server.showEmailPrompt false --server.address localhost

learn: $(VENV)/dev.stamp ## learn the weights of signs anew from the articles read by hand
	$(BIN)/python -m extract.learn tests/gold ../shared/reports ../shared/seed tests/cases/clauses.csv --twice ../shared/gold

test: $(VENV)/dev.stamp ## install and pass the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder # a file's server and browser are shared; the long browser tests come first

check: $(VENV)/dev.stamp ## format, lint, types, faults of security
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive app.py pages ledger extract

lock: $(VENV)/bin/python ## pin what requirements.txt allows, with hashes, for deployments: requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --default-index https://pypi.org/simple --custom-compile-command 'make lock' -o requirements.lock requirements.txt

score: $(VENV)/dev.stamp ## print the error rates of the README
	$(BIN)/python -m tests.score

shots: $(VENV)/dev.stamp ## take the screenshots of the README
	$(BIN)/python -m tests.shots

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

.PHONY: run learn test check lock score shots
