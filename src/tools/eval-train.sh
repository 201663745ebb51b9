#!/bin/bash
# Measure finsent_train: cross-validation on labelled sentences, and the time for 20,000 headlines.
#
# usage: src/tools/eval-train.sh SHARED
#
# The data are not part of the project, and nothing that is fitted here is kept.
# SHARED/data/dev/phrasebank.tsv gives the figures (10 folds, three seeds),
# SHARED/data/train/*.tsv the headlines for the time.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=$(cd "${1:?folder of the data}" 2>/dev/null && pwd) || shared=$1
if [ ! -f "$shared/data/dev/phrasebank.tsv" ]; then
	echo "make eval-train: no labelled data in $shared (looked for data/dev/phrasebank.tsv); nothing is measured."
	exit 0
fi
FINSENT_DATA=$shared/data exec src/tools/cluster.sh -x psql -Xq -v ON_ERROR_STOP=1 -f - <<'END'
\pset footer off
SELECT finsent_create_workspace('measure') \g /dev/null
CREATE TABLE phrasebank (text text, label text);
\copy phrasebank FROM PROGRAM 'tail -n +2 "$FINSENT_DATA/dev/phrasebank.tsv" | cut -f 2,3' (FORMAT csv, DELIMITER E'\t', QUOTE E'\b')
SELECT seed, n, folds, round(t.accuracy::numeric, 4) AS accuracy, round(t.macro_f1::numeric, 4) AS macro_f1, round(t.mcc::numeric, 4) AS mcc,
	round(compiled_accuracy::numeric, 4) AS compiled_accuracy, round(compiled_macro_f1::numeric, 4) AS compiled_macro_f1, round(seconds::numeric, 1) AS seconds
FROM generate_series(1, 3) AS s, finsent_train('measure', 'SELECT * FROM phrasebank', 10, s) AS t;
CREATE TABLE headline (text text, label text);
\copy headline FROM PROGRAM 'for f in sentfin_headlines twitter_fin_news finentity; do awk -F"\t" "NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i } NR > 1 && \$at[\"label\"] ~ /^(negative|neutral|positive|bearish|bullish)\$/ { print \$at[\"text\"] FS \$at[\"label\"] }" "$FINSENT_DATA/train/$f.tsv"; done' (FORMAT csv, DELIMITER E'\t', QUOTE E'\b')
UPDATE headline SET label = CASE label WHEN 'bearish' THEN 'negative' WHEN 'bullish' THEN 'positive' ELSE label END;
INSERT INTO headline SELECT text || ' again', label FROM headline LIMIT greatest(0, 20000 - (SELECT count(*) FROM headline));
SELECT n, folds, round(seconds::numeric, 1) AS seconds, round(memory / 1e6, 1) AS megabytes, round(t.accuracy::numeric, 4) AS accuracy
FROM finsent_train('measure', 'SELECT * FROM headline LIMIT 20000') AS t;
SELECT version, length(weights) AS bytes, pg_column_size(weights) AS stored FROM measure.model ORDER BY 1;
\timing on
SELECT count(finsent_score(text)) FROM headline;
SELECT count(finsent_score_as('measure', text)) FROM headline;
END
