# The dashboard as one image: docker build -t monitor . && docker run --read-only --tmpfs /tmp -v monitor:/data -p 8501:8501 monitor
# No step is hidden here: what installs and what starts are scripts that the tests run on a bare machine
# (tests/image.py follows this file line by line).
FROM python:3.13-slim
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1

COPY requirements.lock ./
COPY deploy deploy/
COPY .streamlit/config.toml .streamlit/
COPY data data/
COPY static static/
COPY extract extract/
COPY ledger ledger/
COPY pages pages/
COPY app.py ./
RUN deploy/install.sh

# The one place that is written to; with PostgreSQL (compose.yaml) not even that.
RUN useradd --system --uid 10001 monitor && install -d -o monitor -g monitor /data
VOLUME /data
USER monitor
ENV HOME=/tmp PYTHONUNBUFFERED=1 LEDGER_URL=sqlite:////data/ledger.db STREAMLIT_SERVER_ADDRESS=0.0.0.0
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD [".venv/bin/python", "deploy/health.py"]
CMD ["deploy/start.sh"]
