#!/bin/sh
# Print the pg_config of a PostgreSQL that has both a server and the headers to
# build against, or nothing.  PG_CONFIG in the environment wins; then the one on
# the PATH; then the newest of Debian's, whose programs are not on the PATH.

usable()
{
	bindir=$("$1" --bindir 2>/dev/null) && [ -x "$bindir/postgres" ] &&
		pgxs=$("$1" --pgxs 2>/dev/null) && [ -f "$pgxs" ] &&
		# Debian's server package has the makefiles, but not the headers.
		headers=$("$1" --includedir-server 2>/dev/null) && [ -f "$headers/postgres.h" ]
}

for pg_config in ${PG_CONFIG:-pg_config $(ls /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -t/ -k5 -rn)}; do
	if usable "$pg_config"; then
		command -v "$pg_config"
		exit 0
	fi
done
exit 1
