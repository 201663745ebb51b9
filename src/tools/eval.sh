#!/bin/bash
# Measure quality on labelled data, in a private cluster.
#
# usage: src/tools/eval.sh DATA_FOLDER [TASK...]
#
# The data are not part of the project.  DATA_FOLDER holds tools/evaluate.py and
# data/dev; where it does not, say so and do nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=$1
shift
evaluator=$shared/tools/evaluate.py
if [ ! -f "$evaluator" ] || [ ! -d "$shared/data/dev" ]; then
	echo "make eval: no labelled data in $shared (looked for tools/evaluate.py and data/dev); nothing is measured."
	echo "Name another folder by SHARED=..."
	exit 0
fi
python=$(command -v /usr/bin/python3 || command -v python3) || {
	echo "make eval needs python3" >&2
	exit 1
}
exec src/tools/cluster.sh -x -o jit=off "$python" "$evaluator" "$@"
