#!/bin/bash
# The tests that need a server; run by test.sh inside cluster.sh.
#
# usage: src/tools/test-server.sh LOGS [tap TEST...]        (only these TAP tests, and show what they say)
#
# Leaves LOGS/NAME.log and LOGS/NAME.status (exit status and seconds) of each group.
set -uo pipefail
cd "$(dirname "$0")/../.."
. src/tools/env.sh
logs=$1

# Run a group, keep its output, status and time.
group()
{
	local name=$1 begin=$SECONDS
	shift
	"$@" >"$logs/$name.log" 2>&1
	echo "$? $((SECONDS - begin))" >"$logs/$name.status"
}

# As make installcheck does, against the staged extension.
regress()
{
	local name
	# Before 16 pg_regress looks for the answers beside its output.
	mkdir -p "$logs/regress"
	ln -sfn "$TOP/expected" "$logs/regress/expected"
	"$(dirname "$("$PG_CONFIG" --pgxs)")/../test/regress/pg_regress" --inputdir=test \
		--bindir="$BINDIR" --encoding=UTF8 --no-locale --dbname=finsent_regress \
		$(for name in test/sql/*.sql; do basename "$name" .sql; done)
	local status=$?
	[ $status -eq 0 ] || head -n 200 regression.diffs | sed 's/^/# /'
	return $status
}

isolation()
{
	local name
	"$(dirname "$("$PG_CONFIG" --pgxs)")/../test/isolation/pg_isolation_regress" --inputdir=test \
		--bindir="$BINDIR" --dbname=finsent_isolation \
		$(for name in test/specs/*.spec; do basename "$name" .spec; done)
	local status=$?
	[ $status -eq 0 ] || head -n 200 regression.diffs | sed 's/^/# /'
	return $status
}

# The TAP tests start servers of their own and so run as the server's user, on a copy which that user can read.
tap()
{
	local pgxs work=$FINSENT_CLUSTER/tap
	pgxs=$(realpath "$(dirname "$("$PG_CONFIG" --pgxs)")/..")
	mkdir -p "$work"
	cp -r test/t demo "$work"
	local become=()
	if [ "$(id -u)" = 0 ]; then
		chown -R "$FINSENT_SERVER_USER" "$work"
		become=(setpriv --reuid "$FINSENT_SERVER_USER" --regid "$(id -g "$FINSENT_SERVER_USER")" --init-groups)
	fi
	(cd "$work" && { [ $# -gt 0 ] || set -- t/*.pl; } && env -u PGHOST -u PGPORT -u PGUSER -u PGDATABASE \
		HOME="$work" TMPDIR="$work" TESTDIR="$work" TESTDATADIR="$work/data" TESTLOGDIR="$work/log" \
		TEMP_CONFIG="$FINSENT_CLUSTER/stage.conf" PG_REGRESS="$pgxs/test/regress/pg_regress" \
		PERL5LIB="$pgxs/test/perl" LC_ALL=C \
		${become[@]+"${become[@]}"} prove -v "$@")
}

if [ "${2:-}" = tap ]; then
	tap "${@:3}"
	exit
fi
# The pages in Chromium, where it is installed.
browser()
{
	test/browser/run.sh "$logs/browser"
}

group regress regress
ls test/specs/*.spec >/dev/null 2>&1 && group isolation isolation
ls test/t/*.pl >/dev/null 2>&1 && group tap tap
group browser browser
exit 0
