#!/bin/bash
# Texts to measure speed on, made from the project's own sample news.
#
# usage: src/tools/corpus.sh articles|briefs|headlines COUNT      (one text a line, on stdout)
#
# articles: 2 to 6 kB of sentences; briefs: 400 to 600 bytes; headlines: 50 to 100
# bytes.  The generator of random numbers is written out, with a fixed seed: every
# awk gives the same texts.
set -euo pipefail
cd "$(dirname "$0")/../.."
LC_ALL=C awk -F'\t' -v kind="$1" -v count="$2" '
	function random(n)				# 0 to n - 1
	{
		seed = (seed * 16807) % 2147483647
		return seed % n
	}
	NR > 1 {
		if (length($4) >= 50 && length($4) <= 100)
			titles[ntitles++] = $4
		gsub(/(\\n)+/, " ", $5)
		gsub(/\\./, " ", $5)
		while (match($5, /[a-z)%"][.!?] +[A-Z"]/))
		{
			sentences[nsentences++] = substr($5, 1, RSTART + 1)
			$5 = substr($5, RSTART + RLENGTH - 1)
		}
		sentences[nsentences++] = $5
	}
	END {
		seed = 20260302
		for (i = 0; i < nsentences; i++)
			if (length(sentences[i]) >= 50 && length(sentences[i]) <= 100)
				titles[ntitles++] = sentences[i]
		least = kind == "articles" ? 2000 : 400
		spread = kind == "articles" ? 4000 : 200
		for (i = 0; i < count; i++)
		{
			if (kind == "headlines")
			{
				print titles[random(ntitles)]
				continue
			}
			size = least + random(spread)
			text = sentences[random(nsentences)]
			while (length(text) < size)
				text = text " " sentences[random(nsentences)]
			if (length(text) > least + spread)
			{
				text = substr(text, 1, least + spread)
				sub(/ [^ ]*$/, "", text)	# no character is cut
			}
			print text
		}
	}' demo/news.tsv
