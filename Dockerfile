FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements-dev.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY . .
RUN python scripts/fetch_graphiql.py && python -m build --wheel --no-isolation

FROM python:3.11-slim
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --from=build /src/dist/*.whl /tmp/
RUN pip install --no-cache-dir --no-deps /tmp/*.whl && rm /tmp/*.whl && useradd --create-home hub
USER hub
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=2)"]
# Neo4j is another container or server: HUB_NEO4J_URI names it. `hub up` migrates and seeds it.
CMD ["sh", "-c", "hub up && exec hub serve"]
