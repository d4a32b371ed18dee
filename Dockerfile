# Two stages: the first compiles (durable-rules ships as C source), the second holds Python, the service and nothing
# that can build. Pin the base by digest for a release:
#   docker build --build-arg BASE=docker.io/library/python:3.12-slim-bookworm@sha256:<digest> -t backstory .
ARG BASE=docker.io/library/python:3.12-slim-bookworm

FROM ${BASE} AS build
# The official Python images bring Python.h; a plain Debian base needs python3-dev.
RUN set -eu; \
    packages="gcc libc6-dev"; \
    headers="$(python3 -c 'import sysconfig; print(sysconfig.get_path("include"))')"; \
    [ -f "$headers/Python.h" ] || packages="$packages python3-dev"; \
    apt-get update -q; \
    apt-get install -y -q --no-install-recommends $packages; \
    rm -rf /var/lib/apt/lists/*
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements-build.txt requirements-sbom.txt requirements.txt ./
# /build/tools builds; /app/venv is what ships, and it has no pip.
RUN set -eu; \
    python3 -m venv /build/tools; \
    /build/tools/bin/pip install -q --require-hashes -r requirements-build.txt; \
    /build/tools/bin/pip wheel -q --require-hashes --no-build-isolation -w /build/wheels -r requirements.txt; \
    python3 -m venv --without-pip /app/venv
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY service service
COPY rules rules
COPY fhir_profiles fhir_profiles
RUN set -eu; \
    /build/tools/bin/pip wheel -q --no-deps --no-build-isolation -w /build/wheels .; \
    /build/tools/bin/pip --python /app/venv/bin/python3 install -q --no-index --no-deps /build/wheels/*.whl; \
    cp LICENSE NOTICE /app/
# The bill of materials lists what is in /app/venv, so it is made from that and not from the lock file.
RUN set -eu; \
    python3 -m venv /build/sbom; \
    /build/sbom/bin/pip install -q --require-hashes -r requirements-sbom.txt; \
    /build/sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON \
        -o /app/sbom.json /app/venv/bin/python3

FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Backstory" \
      org.opencontainers.image.description="CDS Hooks service for pain after lumbar spine surgery" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY --from=build /app /app
# Nothing is written at run time: byte code was compiled in the first stage, HOME is the one place that may be a volume.
ENV PATH=/app/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
WORKDIR /app
USER 10001:10001
# Fails the build, not the pod, when the base lacks time zones or the rules do not load.
RUN ["python3", "-c", "import zoneinfo, service.pipeline; zoneinfo.ZoneInfo('Europe/Berlin'); service.pipeline.start()"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz/live', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["backstory"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
