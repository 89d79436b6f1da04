# Grading on a machine that has no jail of its own (macOS, Windows) or no Python.
# How to build and run it, and what of it was tried: docs/other-systems.md

FROM debian:bookworm-slim

RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      bubblewrap ca-certificates git procps python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/course
COPY pyproject.toml requirements.lock README.md LICENSE ./
# torch from the index of small wheels; the others bring gigabytes of CUDA
RUN python3 -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --disable-pip-version-check -q \
      "$(grep '^torch==' requirements.lock | cut -d' ' -f1)" \
      --index-url https://download.pytorch.org/whl/cpu \
 && .venv/bin/pip install --no-cache-dir --disable-pip-version-check -q \
      -r requirements.lock

COPY autograder autograder
COPY utils utils
RUN .venv/bin/pip install --disable-pip-version-check -q --no-deps -e .

# The course of the class, its submissions and its gradebook are mounted here.
WORKDIR /course
ENV PATH=/opt/course/.venv/bin:$PATH
ENTRYPOINT ["course"]
CMD ["doctor"]
