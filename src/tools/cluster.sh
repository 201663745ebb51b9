#!/bin/bash
# Run a command with a private, temporary PostgreSQL that has finsent available.
#
# usage: src/tools/cluster.sh [-x] [-o NAME=VALUE]... COMMAND [ARG...]
#   -x             create the extension in the database first
#   -o NAME=VALUE  a server setting
#
# The server listens on a Unix socket in a directory of its own under /tmp and
# goes away with the command.  The extension is staged in the same directory, so
# that nothing is installed into the system's PostgreSQL.  The command runs as
# the calling user and finds PGHOST, PGPORT, PGUSER, PGDATABASE, the server's
# programs on the PATH, and in FINSENT_CLUSTER the directory, where stage.conf
# holds the settings that make another server find the staged extension.
set -euo pipefail
. "$(dirname "$0")/env.sh"

create_extension=no
settings=()
while getopts xo: option; do
	case $option in
		x) create_extension=yes ;;
		o) settings+=(-c "$OPTARG") ;;
		*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { sed -n '4,6s/^# //p' "$0" >&2; exit 2; }

# A socket's path must stay under 107 bytes: /tmp, whatever TMPDIR says.
dir=$(mktemp -d /tmp/finsent.XXXXXX)
server=
command=

# Stop the server and leave nothing behind, however we come here.
clean_up()
{
	status=$?
	trap - EXIT INT TERM HUP
	[ -z "$command" ] || kill "$command" 2>/dev/null || true
	if [ -n "$server" ]; then
		kill -INT "$server" 2>/dev/null || true
		for _ in $(seq 100); do
			kill -0 "$server" 2>/dev/null || break
			sleep 0.05
		done
		kill -QUIT "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$dir"
	exit $status
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# initdb and postgres refuse to run as root.  The signal on the parent's death
# ends the server even if this script is killed.
become=(setpriv --pdeathsig INT)
if [ "$(id -u)" = 0 ]; then
	user=$(getent passwd "${SERVER_USER:-postgres}" || getent passwd nobody)
	IFS=: read -r user _ uid gid _ <<<"$user"
	become+=(--reuid "$uid" --regid "$gid" --init-groups)
	chown "$uid:$gid" "$dir"
fi
export FINSENT_SERVER_USER=${user:-$(id -un)}
export FINSENT_CLUSTER=$dir

as_server()
{
	(cd "$dir" && HOME=$dir exec "${become[@]}" "$@")
}

# Stage the extension.
umask 022
if ! "$MAKE" -s --no-print-directory -C "$TOP" install PG_CONFIG="$PG_CONFIG" DESTDIR="$dir/stage" >"$dir/make.log" 2>&1; then
	cat "$dir/make.log" >&2
	say "the extension could not be built"
	exit 1
fi
grep -E 'warning:' "$dir/make.log" >&2 || true
stage=$dir/stage
{
	echo "dynamic_library_path = '$stage$("$PG_CONFIG" --pkglibdir):\$libdir'"
	if [ "$PG_MAJOR" -ge 18 ]; then
		echo "extension_control_path = '$stage$("$PG_CONFIG" --sharedir):\$system'"
	else
		echo "extension_destdir = '$stage'"
	fi
} >"$dir/stage.conf"

# Create and start the server.
if ! as_server "$BINDIR/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --no-locale -N >"$dir/initdb.log" 2>&1; then
	cat "$dir/initdb.log" >&2
	exit 1
fi
cat >>"$dir/data/postgresql.conf" <<-END
	include '$dir/stage.conf'
	listen_addresses = ''
	unix_socket_directories = '$dir'
	unix_socket_permissions = 0700
	fsync = off
	synchronous_commit = off
	full_page_writes = off
	autovacuum = off
	shared_buffers = 256MB
	max_wal_size = 4GB
	logging_collector = off
END
# Not through as_server: the process behind & has to be the server itself.
(cd "$dir" && HOME=$dir exec "${become[@]}" "$BINDIR/postgres" -D "$dir/data" ${settings[@]+"${settings[@]}"}) >"$dir/server.log" 2>&1 &
server=$!

export PATH="$BINDIR:$PATH"
export PGHOST=$dir PGPORT=5432 PGUSER=postgres PGDATABASE=finsent
unset PGSERVICE PGPASSWORD PGOPTIONS PGHOSTADDR
ready=no
for _ in $(seq 300); do
	if pg_isready -q -d postgres; then
		ready=yes
		break
	fi
	kill -0 "$server" 2>/dev/null || break
	sleep 0.1
done
if [ $ready = no ]; then
	cat "$dir/server.log" >&2
	say "the private server did not start"
	exit 1
fi
psql -Xqd postgres -c 'CREATE DATABASE finsent TEMPLATE template0'
if [ $create_extension = yes ]; then
	psql -Xq -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION finsent'
fi

# A terminal's interrupt is the command's business (psql cancels a query).
# It runs behind & because a signal to this script must not wait for its end.
trap '' INT
set +e
(trap - INT; exec "$@") <&0 &
command=$!
wait "$command"
status=$?
command=
if ! kill -0 "$server" 2>/dev/null; then
	say "the private server ended before the command did; the end of its log:"
	tail -n 20 "$dir/server.log" >&2
	[ $status -ne 0 ] || status=1
fi
exit $status
