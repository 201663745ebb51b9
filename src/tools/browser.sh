#!/bin/bash
# Chromium and its driver, for the tests of the pages.
#
# usage: src/tools/browser.sh check    prints Chromium's path; or why there is none, and fails
#        src/tools/browser.sh install  installs what check misses, as far as it may; never fails
#
# Chromium, Node.js and npm come from the distribution; the driver (playwright-core)
# from npm, at the version and checksum of test/browser/package-lock.json, into
# build/browser.  Without the right to install, or without a network, the tests
# of the pages are skipped, and make test says so.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
place=build/browser

# Chromium's path.
find_chromium()
{
	command -v chromium || command -v chromium-browser
}

# Whether the driver is there in the version wanted.
has_driver()
{
	cmp -s test/browser/package-lock.json $place/package-lock.json && [ -f $place/node_modules/playwright-core/package.json ]
}

check()
{
	if ! find_chromium >/dev/null; then
		echo "Chromium is not installed"
	elif ! command -v node >/dev/null; then
		echo "Node.js is not installed"
	elif ! has_driver; then
		echo "the browser's driver is not installed (npm ci)"
	else
		find_chromium
		return
	fi
	return 1
}

install()
{
	check >/dev/null && return
	"$here/setup.sh" browser || return
	has_driver && return
	echo "finsent: running: npm ci (in $place)" >&2
	mkdir -p $place
	cp test/browser/package.json test/browser/package-lock.json $place/
	if ! (cd $place && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=60000) >$place/npm.log 2>&1; then
		tail -n 3 $place/npm.log >&2
		rm -f $place/package-lock.json
	fi
}

case ${1:-} in
	check) check ;;
	install)
		install
		check >/dev/null || echo "finsent: the tests of the pages will be skipped: $(check)" >&2
		exit 0
		;;
	*) sed -n '4,5s/^# //p' "$0" >&2; exit 2 ;;
esac
