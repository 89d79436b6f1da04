# What the README names. Everything is done by bootstrap.py, which needs only Python.

PYTHON ?= python3

.PHONY: setup lab test stress quality site lock

setup lab test stress quality site:
	@$(PYTHON) bootstrap.py $@

# Writes the exact versions anew; needs `uv` on the path. The packages left out are
# gigabytes that torch's CUDA wheel brings itself, where it is the one chosen.
CUDA = cuda-bindings cuda-pathfinder cuda-toolkit triton \
  nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc nvidia-cuda-runtime \
  nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver \
  nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink \
  nvidia-nvshmem-cu13 nvidia-nvtx

lock:
	@echo "# Exact versions for Linux, macOS and Windows, Python 3.11 and later. Written by \`make lock\`; do not edit." > requirements.lock.new
	@uv pip compile --quiet --universal --python-version 3.11 --all-extras \
	  --no-header --no-annotate $(addprefix --no-emit-package ,$(CUDA)) \
	  pyproject.toml >> requirements.lock.new
	@mv requirements.lock.new requirements.lock
