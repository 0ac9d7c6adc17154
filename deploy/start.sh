#!/bin/sh
# Looks at the settings, then becomes the server. Nothing is written beside app.py.
set -eu
cd "$(dirname "$0")/.."
# Reachable from this machine alone, unless who deploys says otherwise.
export STREAMLIT_SERVER_ADDRESS="${STREAMLIT_SERVER_ADDRESS:-127.0.0.1}"
# The code does not change while it runs: no thread that watches it, no walk through all modules after each page.
export STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
# Every thread that draws a page would keep a heap of its own: two are enough, and memory goes back after a crowd.
export MALLOC_ARENA_MAX=2
.venv/bin/python -m ledger.settings
exec .venv/bin/python -m streamlit run app.py
