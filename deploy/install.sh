#!/bin/sh
# Installs what the server needs into .venv beside app.py: the same step for the image and for a bare machine.
set -eu
cd "$(dirname "$0")/.."
"${PYTHON:-python3}" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
# Who runs the server may not write here: what Python would compile at each start is compiled now.
.venv/bin/python -m compileall -q app.py extract ledger pages
