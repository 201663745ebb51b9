#!/bin/bash
# Run test programs that print TAP; show what fails, count, and say so.
#
# usage: src/tools/unit.sh PROGRAM...        (-v: show every line)
set -uo pipefail
cd "$(dirname "$0")/../.."
verbose=no
[ "${1:-}" = -v ] && { verbose=yes; shift; }
passed=0 failed=0
for program in "$@"; do
	name=${program##*/}
	output=$("$program" 2>&1)
	status=$?
	[ $verbose = no ] || sed "s|^\(not \)\{0,1\}ok [0-9]* - |&$name: |" <<<"$output"
	ok=$(grep -ac '^ok ' <<<"$output")
	bad=$(grep -ac '^not ok ' <<<"$output")
	# A program that dies without a plan counts as one failure more.
	if [ $status -ne 0 ] && [ "$bad" = 0 ] || ! grep -q '^1\.\.' <<<"$output"; then
		bad=$((bad + 1))
		echo "not ok - $name ended with status $status"
		[ $verbose = yes ] || tail -n 40 <<<"$output"
	elif [ "$bad" -gt 0 ] && [ $verbose = no ]; then
		grep -E '^(#|not ok )' <<<"$output" | sed "s|^not ok [0-9]* - |&$name: |"
	fi
	passed=$((passed + ok)) failed=$((failed + bad))
done
[ $verbose = yes ] || echo "unit: $passed passed, $failed failed"
[ $failed -eq 0 ]
