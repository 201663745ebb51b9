# Sourced by the scripts beside it: TOP (the checkout), PG_CONFIG, BINDIR.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TOOLS=$TOP/src/tools

if ! PG_CONFIG=$("$TOOLS/find-postgres.sh"); then
	echo "No PostgreSQL with a server and its headers was found: run \"make setup\" or set PG_CONFIG." >&2
	exit 1
fi
BINDIR=$("$PG_CONFIG" --bindir)
PG_MAJOR=$("$PG_CONFIG" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
MAKE=${MAKE:-make}
export PG_CONFIG

# Words that say what goes on, kept apart from a command's own output.
say()
{
	echo "finsent: $*" >&2
}
