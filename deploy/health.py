"""Exit 0 when the server of this machine answers, else an error: the health check of the image."""

from __future__ import annotations

import os
from urllib.request import urlopen

HEALTH = "/_stcore/health"

if __name__ == "__main__":
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    urlopen(f"http://127.0.0.1:{port}{HEALTH}", timeout=3).close()
