#!/bin/bash
# Install what building and testing finsent needs and this machine lacks.
#
# usage: src/tools/setup.sh [build|test|browser|fuzz|all]
#
# With nothing missing it says nothing, runs nothing and uses no network.
# Otherwise it runs apt-get as root or through sudo, saying so; without that
# right it prints the exact command and stops.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
purpose=${1:-build}
missing=()

# Does the compiler find a header?
has_header()
{
	echo "#include <$1>" | "${CC:-cc}" -E - >/dev/null 2>&1
}

# The major version to install: that of a server or of headers which are here
# already, else the one that the distribution offers.
postgres_major()
{
	local path
	path=$(ls -d /usr/lib/postgresql/*/bin/postgres /usr/lib/postgresql/*/lib/pgxs 2>/dev/null | sort -t/ -k5 -rn | head -1 | cut -d/ -f5)
	if [ -z "$path" ]; then
		path=$(apt-cache show postgresql 2>/dev/null | sed -n 's/^Depends:.*postgresql-\([0-9][0-9]*\).*/\1/p' | head -1)
	fi
	echo "$path"
}

# What is missing, as Debian packages.
find_missing()
{
	missing=()
	if ! command -v "${CC:-cc}" >/dev/null || ! has_header stdlib.h; then
		missing+=(gcc libc6-dev)
	fi
	command -v make >/dev/null || missing+=(make)
	has_header unicode/uchar.h || missing+=(libicu-dev)
	if ! "$here/find-postgres.sh" >/dev/null; then
		local major
		major=$(postgres_major)
		# Without package lists the major is not known yet; it is asked again after apt-get update.
		missing+=("postgresql-${major:-?}" "postgresql-server-dev-${major:-?}")
	fi
	case $purpose in
		test|all)
			command -v prove >/dev/null || missing+=(perl)
			perl -MIPC::Run -e 1 2>/dev/null || missing+=(libipc-run-perl)
			;;
	esac
	case $purpose in
		browser|all)
			command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium fonts-liberation)
			command -v node >/dev/null || missing+=(nodejs)
			command -v npm >/dev/null || missing+=(npm)
			;;
	esac
	case $purpose in
		fuzz|all)
			if ! echo 'int LLVMFuzzerTestOneInput(const char *d, long n) { return d == 0 && n; }' |
				clang -x c -fsanitize=fuzzer,address,undefined - -o /dev/null 2>/dev/null; then
				missing+=(clang libclang-rt-dev)
			fi
			;;
	esac
}

find_missing
[ ${#missing[@]} -gt 0 ] || exit 0

if [ -n "${PG_CONFIG:-}" ] && ! PG_CONFIG=$PG_CONFIG "$here/find-postgres.sh" >/dev/null; then
	echo "finsent: PG_CONFIG=$PG_CONFIG names no PostgreSQL with a server and its headers." >&2
	exit 1
fi
if ! command -v apt-get >/dev/null; then
	echo "finsent: missing: ${missing[*]/-\?/}" >&2
	echo "finsent: this is no Debian or Ubuntu; please install these by your system's means." >&2
	exit 1
fi

run=()
if [ "$(id -u)" != 0 ]; then
	if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
		run=(sudo)
	else
		if [[ "${missing[*]}" == *\?* ]]; then
			missing=("${missing[@]//-?/}")
			missing=("${missing[@]/postgresql-server-dev/postgresql-server-dev-all}")
		fi
		echo "finsent: packages are missing and may only be installed by root.  Please run" >&2
		echo >&2
		echo "    apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
		echo >&2
		echo "as root, and this command again." >&2
		exit 1
	fi
fi

# Say what is run, and run it.
announce()
{
	echo "finsent: running: $*" >&2
	"$@"
}

echo "finsent: missing on this machine: ${missing[*]/-\?/}" >&2
announce ${run[@]+"${run[@]}"} apt-get update -qq ||
	echo "finsent: apt-get update failed; going on with the package lists that are here" >&2
find_missing
announce ${run[@]+"${run[@]}"} env DEBIAN_FRONTEND=noninteractive \
	apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2

find_missing
if [ ${#missing[@]} -gt 0 ]; then
	echo "finsent: still missing after apt-get: ${missing[*]}" >&2
	exit 1
fi
