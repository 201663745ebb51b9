#!/bin/bash
# Every test, with its count: the last line is "N passed, N failed".
#
# usage: src/tools/test.sh            (through make test, which sets up first)
#
# Groups: checks of the sources and the unit tests under the sanitizers (no
# server), then pg_regress, isolation, TAP tests and the pages in a browser in one
# private cluster.  Without Chromium the last group is skipped, with a line that says so.
# What each printed is kept in build/test.
set -uo pipefail
cd "$(dirname "$0")/../.."
. src/tools/env.sh
logs=$TOP/build/test
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0
umask 022

# Count TAP ("ok 1 - x", "not ok 1 - x") and pg_regress before 16 ("test x ... ok"), and show what failed.
count()
{
	local name=$1 status=$2 log=$logs/$1.log ok bad
	ok=$(grep -acE '^ *ok( |$)|^(test| ) .*\.\.\. ok' "$log")
	bad=$(grep -acE '^ *not ok( |$)|^(test| ) .*\.\.\. FAILED' "$log")
	# A group that ends badly without naming a test is a failure too, and so is one without tests.
	if { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ $((ok + bad)) -eq 0 ]; then
		bad=1
		tail -n 30 "$log"
	elif [ "$bad" -gt 0 ]; then
		grep -aE '^ *#|^ *not ok|\.\.\. FAILED' "$log" | grep -v '# SKIP' | head -60
	fi
	printf '%-10s %4d passed %4d failed  %3d s\n' "$name" "$ok" "$bad" "$((SECONDS - started))"
	passed=$((passed + ok)) failed=$((failed + bad))
}

# Run a group and count it.
group()
{
	local name=$1
	shift
	started=$SECONDS
	"$@" >"$logs/$name.log" 2>&1
	count "$name" $?
}

# Unit tests with the sanitizers, and with warnings as errors; the one that counts steps without them.
unit_tests()
{
	"$MAKE" -s --no-print-directory -k BUILD=build/sanitized SANITIZE=1 WERROR=-Werror programs || return
	"$MAKE" -s --no-print-directory BUILD=build/counted STEPS=1 build/counted/steps/linear || return
	src/tools/unit.sh -v $(for file in test/unit/*.c; do echo "build/sanitized/unit/$(basename "$file" .c)"; done) \
		build/counted/steps/linear
}

group checks src/tools/check.sh includes core tables files format warnings
group unit unit_tests

# Everything with a server in one cluster; the groups report through their logs and a line each in statuses.
started=$SECONDS
src/tools/cluster.sh src/tools/test-server.sh "$logs" >"$logs/server.log" 2>&1
status=$?
for name in regress isolation tap browser; do
	[ -f "$logs/$name.status" ] || continue
	if [ -f "$logs/$name/skip" ]; then
		printf '%-10s SKIPPED: %s\n' "$name" "$(cat "$logs/$name/skip")"
		continue
	fi
	read -r group_status started <"$logs/$name.status"
	started=$((SECONDS - started))
	count "$name" "$group_status"
done
if [ ! -f "$logs/regress.status" ]; then
	started=$SECONDS
	count server $status
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
