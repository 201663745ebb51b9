#!/bin/bash
# Start the server of the image; the first time, create its cluster.
#
# POSTGRES_PASSWORD  password of the role postgres, required the first time
set -euo pipefail
data=/var/lib/postgresql/data
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
umask 077
chown postgres:postgres /var/lib/postgresql
if [ ! -s "$data/PG_VERSION" ]; then
	: "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD for the first start}"
	password=$(mktemp)
	printf '%s\n' "$POSTGRES_PASSWORD" >"$password"
	chown postgres "$password"
	setpriv --reuid postgres --regid postgres --init-groups "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 \
		-A scram-sha-256 --pwfile="$password"
	rm "$password"
	echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
fi
exec setpriv --reuid postgres --regid postgres --init-groups "$bin/postgres" -D "$data" -c listen_addresses='*' \
	-c unix_socket_directories=/tmp "$@"
