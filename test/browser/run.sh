#!/bin/bash
# The pages in a real browser; run by test-server.sh inside cluster.sh.
#
# usage: test/browser/run.sh FOLDER
#
# Prints TAP.  FOLDER receives the pages, what they must show, and screenshots.
# Where Chromium or its driver is missing it says so in FOLDER/skip and does nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
rm -rf "$folder"
mkdir -p "$folder"
folder=$(realpath "$folder")
if ! reason=$(src/tools/browser.sh check); then
	echo "$reason" >"$folder/skip"
	exit 0
fi
psql -Xq -v dir="$folder" -c 'CREATE EXTENSION IF NOT EXISTS finsent' -f test/browser/pages.sql
NODE_PATH=build/browser/node_modules exec node test/browser/pages.cjs "$folder" "$reason"
