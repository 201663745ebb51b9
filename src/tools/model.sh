#!/bin/bash
# Train the linear models again and write their tables.
#
# usage: src/tools/model.sh SHARED
#
# SHARED/data/train holds the labelled texts (licences in NOTICE).  The same
# data and the same core give the same tables to the byte.  Beside them it writes what the
# models say before rounding, test/unit/*_model.tsv.
set -euo pipefail
shared=${1:?folder of the data}
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
data=$shared/data/train
if [ ! -d "$data" ]; then
	echo "model: no training data at $data; the committed tables stay" >&2
	exit 1
fi
"${MAKE:-make}" -s --no-print-directory BUILD="$build" "$build/tools/train" >/dev/null
"$build/tools/train" sentence -c 0.5 -d 30 -s test/gold/sentiment.tsv test/unit/sentence_model.tsv \
	"$data/sentfin_headlines.tsv" "$data/twitter_fin_news.tsv" \
	"$data/finentity.tsv" >"$build/sentence_model.inc"
"$build/tools/train" target -c 0.5 -d 30 -s test/gold/target.tsv test/unit/target_model.tsv \
	"$data/sentfin_headlines.tsv" "$data/finentity.tsv" \
	"$data/twitter_fin_news.tsv" >"$build/target_model.inc"
mv "$build/sentence_model.inc" "$build/target_model.inc" src/core/tables/
