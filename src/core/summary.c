/*
 * summary.c - level 9: the sentences that carry the news.
 *
 * Extractive, after Edmundson ("New methods in automatic extracting", 1969):
 * a sentence's worth is a weighted sum of what is known about it, and sentences
 * are taken greedily, each paying for what the ones before it already said
 * (Carbonell and Goldstein's maximal marginal relevance, 1998).
 *
 *     position     news says first what happened: falls like 3 / (3 + n)
 *     title        share of the title's words that it repeats; without a title
 *                  of the heading, else of what it shares with the lead
 *     recurrence   share of its words that come again in the text
 *     company      names the company that the text is about
 *     numbers      holds metrics
 *     sentiment    size of its score, and more when it is the document's sign
 *     length       up to 35 words says more, beyond 60 it is two sentences
 *
 * An agency's dateline ("OSLO, May 3 (Agency) - ") is left out of what is taken.
 * A sentence that quotes is a comment, a question asks instead of telling: both
 * lose a little.  Headings and boilerplate ("click here", "reporting by") are
 * taken only when nothing else is there.  Only the first CANDIDATES sentences
 * are looked at (more if more are asked for): news puts what matters first, and
 * the cost stays the same for a text of any length.
 *
 * The weights were set by hand on a small development set; all is integer.
 */
#include "summary.h"

#define CANDIDATES FS_DIGEST_MAX /* sentences looked at */
#define GREEDY_MAX 16			 /* more sentences than this are picked by worth alone */

/* Weights of the features, each of which goes from 0 to 1000. */
enum
{
	WEIGHT_POSITION = 250,
	WEIGHT_TITLE = 50,
	WEIGHT_RECURRENT = 120,
	WEIGHT_COMPANY = 60,
	WEIGHT_NUMBERS = 10,
	WEIGHT_SENTIMENT = 50,
	WEIGHT_AGREES = 24,
	WEIGHT_LENGTH = 220,
	WEIGHT_REDUNDANT = 150,
	PENALTY_LONG = 200,
	PENALTY_SHORT = 200,
	PENALTY_QUOTE = 100,
	PENALTY_QUESTION = 160,
	PENALTY_BOILERPLATE = 800,
	PENALTY_HEADING = 2000,
	PENALTY_SAID = 600,
};

#define SAID_SHARE 750 /* of its words in sentences taken: nothing new */

#define LENGTH_FULL 35 /* tokens */
#define LENGTH_LONG 60
#define LENGTH_FRAGMENT 8

typedef struct Candidate
{
	uint32_t sentence; /* index into document->sentences */
	uint32_t start;	   /* byte it starts at, the dateline left out */
	uint32_t first;	   /* its words in the pool */
	uint32_t nwords;
	int32_t	 worth;
	uint16_t metrics;
	bool	 company;
	bool	 boilerplate;
	bool	 quote;
	bool	 taken;
} Candidate;

/* How often a word comes in the candidates. */
typedef struct WordCount
{
	uint32_t hash; /* 0: free */
	uint16_t count;
	bool	 title; /* is a word of the title */
	bool	 said;	/* is a word of a sentence taken */
} WordCount;

typedef struct Summary
{
	FsArena			 *arena;
	const FsDocument *document;
	const FsDigest	 *digest;
	Candidate		 *candidates;
	uint32_t		  ncandidates;
	uint32_t		 *words; /* of the digest's pool, places in counts */
	uint32_t		  nwords;
	WordCount		 *counts;
	uint32_t		  mask;
} Summary;

/* The document's digest; if it has too few sentences, one of this scan: of title and body up to sentence limit. */
static const FsDigest *
find_digest(FsArena *arena, const FsDocument *d, uint32_t first, uint32_t limit)
{
	FsDigest  *digest;
	FsSentence s;
	FsScan	  *scan;
	uint32_t   index = first;

	if (d->digest && d->digest->n >= limit - first)
		return d->digest;
	digest = fs_digest_start(arena);
	if (d->title.len > 0)
	{
		scan = fs_scan_start(arena, d->title, 0, d->title.len);
		while (fs_scan_next(scan, &s))
			fs_digest_title(digest, &s);
	}
	scan = fs_scan_start(arena, d->body, 0, fs_span_end(d->sentences[limit - 1].span));
	while (fs_scan_next(scan, &s))
	{
		while (index < limit && d->sentences[index].span.start < s.span.start)
			index++;
		if (index == limit)
			break;
		if (d->sentences[index].span.start == s.span.start)
			fs_digest_add(arena, digest, &s, index++);
	}
	return digest;
}

/* Make candidates of the sentences up to limit. */
static void
read_candidates(Summary *summary, uint32_t first, uint32_t limit)
{
	const FsDigest *digest = find_digest(summary->arena, summary->document, first, limit);

	summary->digest = digest;
	summary->candidates = fs_alloc(summary->arena, (limit - first) * sizeof(Candidate));
	for (uint32_t i = 0; i < digest->n && digest->sentences[i].sentence < limit; i++)
	{
		const FsDigestSentence *d = &digest->sentences[i];

		summary->candidates[summary->ncandidates++] = (Candidate){
			.sentence = d->sentence,
			.start = d->start,
			.first = d->first,
			.nwords = d->nwords,
			.boilerplate = d->boilerplate,
			.quote = d->quote,
		};
		summary->nwords = d->first + d->nwords;
	}
}

/* The place of a word in the table of counts. */
static uint32_t
find_word(const Summary *summary, uint32_t hash)
{
	uint32_t i = hash & summary->mask;

	while (summary->counts[i].hash != 0 && summary->counts[i].hash != hash)
		i = (i + 1) & summary->mask;
	return i;
}

/* Count the words of all candidates, and find their places in the table. */
static void
count_words(Summary *summary)
{
	uint32_t size = 64;

	while (size < 2 * (summary->nwords + FS_DIGEST_TITLE))
		size *= 2;
	summary->mask = size - 1;
	summary->counts = fs_alloc0(summary->arena, size * sizeof(WordCount));
	summary->words = fs_alloc(summary->arena, (summary->nwords + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < summary->nwords; i++)
	{
		uint32_t   hash = summary->digest->words[i];
		WordCount *count = &summary->counts[find_word(summary, hash)];

		count->hash = hash;
		if (count->count < UINT16_MAX)
			count->count++;
		summary->words[i] = (uint32_t) (count - summary->counts);
	}
	for (uint32_t i = 0; i < summary->digest->ntitle; i++)
	{
		WordCount *count = &summary->counts[find_word(summary, summary->digest->title[i])];

		count->hash = summary->digest->title[i];
		count->title = true;
	}
}

/* Mark the candidates that name the main company or hold metrics. */
static void
mark_candidates(Summary *summary)
{
	const FsDocument *d = summary->document;
	FsCompanyId		  main_company = d->ncompanies > 0 ? d->companies[0].company : -1;
	uint32_t		  c = 0;

	for (uint32_t i = 0; i < d->nmentions && c < summary->ncandidates; i++)
	{
		if (d->mentions[i].in_title)
			continue;
		while (c < summary->ncandidates && summary->candidates[c].sentence < d->mentions[i].sentence)
			c++;
		if (c < summary->ncandidates && summary->candidates[c].sentence == d->mentions[i].sentence &&
			main_company >= 0 && d->mentions[i].company == main_company)
			summary->candidates[c].company = true;
	}
	c = 0;
	for (uint32_t i = 0; i < d->nmetrics && c < summary->ncandidates; i++)
	{
		while (c < summary->ncandidates && summary->candidates[c].sentence < d->metrics[i].sentence)
			c++;
		if (c < summary->ncandidates && summary->candidates[c].sentence == d->metrics[i].sentence)
			summary->candidates[c].metrics++;
	}
}

/* Share of the candidate's words that come more than once in the text, 0 to 1000. */
static int32_t
recurrence(const Summary *summary, const Candidate *c)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < c->nwords; i++)
		sum += summary->counts[summary->words[c->first + i]].count > 1;
	return (int32_t) (sum * 1000 / (c->nwords < 8 ? 8 : c->nwords));
}

/*
 * Share of the title's words in the sentence, 0 to 1000.  Where the lead
 * stands for the title it is the sentence's share that is in the lead, and the
 * lead itself gets the middle.
 */
static int32_t
title_overlap(const Summary *summary, const Candidate *c)
{
	uint32_t sum = 0;
	uint32_t of = summary->digest->lead_title ? c->nwords : summary->digest->ntitle;

	if (summary->digest->lead_title && c == summary->candidates)
		return 500;
	for (uint32_t i = 0; i < c->nwords; i++)
		sum += summary->counts[summary->words[c->first + i]].title;
	return of == 0 ? 0 : sum >= of ? 1000 : (int32_t) (sum * 1000 / of);
}

/* The worth of a candidate, without what others say. */
static int32_t
candidate_worth(const Summary *summary, const Candidate *c, int32_t position)
{
	const FsSentenceInfo *info = &summary->document->sentences[c->sentence];
	int32_t				  size = info->score < 0 ? -info->score : info->score;
	int32_t				  agrees = summary->document->score > 0 ? info->score : -info->score;
	int32_t				  tokens = info->tokens;
	int32_t				  worth = 0;

	worth += WEIGHT_POSITION * (3000 / (3 + position));
	worth += WEIGHT_TITLE * title_overlap(summary, c);
	worth += WEIGHT_RECURRENT * recurrence(summary, c);
	worth += WEIGHT_COMPANY * (c->company ? 1000 : 0);
	worth += WEIGHT_NUMBERS * (c->metrics >= 2 ? 1000 : c->metrics * 500);
	worth += WEIGHT_SENTIMENT * (size / 10);
	worth += WEIGHT_AGREES * (agrees / 10);
	worth += WEIGHT_LENGTH * (tokens < LENGTH_FULL ? tokens * 1000 / LENGTH_FULL : 1000);
	if (tokens > LENGTH_LONG)
		worth -= PENALTY_LONG * (tokens > LENGTH_LONG + 80 ? 2000 : (tokens - LENGTH_LONG) * 25);
	if (tokens < LENGTH_FRAGMENT)
		worth -= PENALTY_SHORT * 1000;
	if (c->quote)
		worth -= PENALTY_QUOTE * 1000;
	if (info->flags & FS_S_QUESTION)
		worth -= PENALTY_QUESTION * 1000;
	if (c->boilerplate)
		worth -= PENALTY_BOILERPLATE * 1000;
	if (info->flags & FS_S_HEADING)
		worth -= PENALTY_HEADING * 1000;
	return worth;
}

/* What a candidate repeats of the sentences taken, 0 to 1000. */
static int32_t
redundancy(const Summary *summary, const Candidate *c)
{
	uint32_t said = 0;

	for (uint32_t i = 0; i < c->nwords; i++)
		said += summary->counts[summary->words[c->first + i]].said;
	return c->nwords == 0 ? 1000 : (int32_t) (said * 1000 / c->nwords);
}

/* Take the best candidates one by one. */
static void
take_greedily(Summary *summary, uint32_t count)
{
	while (count-- > 0)
	{
		Candidate *best = NULL;
		int32_t	   best_worth = 0;

		for (uint32_t i = 0; i < summary->ncandidates; i++)
		{
			Candidate *c = &summary->candidates[i];
			int32_t	   said;
			int32_t	   worth;

			if (c->taken)
				continue;
			said = redundancy(summary, c);
			worth = c->worth - WEIGHT_REDUNDANT * said - (said >= SAID_SHARE ? PENALTY_SAID * 1000 : 0);
			if (best == NULL || worth > best_worth)
			{
				best = c;
				best_worth = worth;
			}
		}
		if (best == NULL)
			return;
		best->taken = true;
		for (uint32_t i = 0; i < best->nwords; i++)
			summary->counts[summary->words[best->first + i]].said = true;
	}
}

/* Take the best candidates by worth alone: bisect the worth that lets enough pass. */
static void
take_by_worth(Summary *summary, uint32_t count)
{
	int32_t	 low = INT32_MIN / 2; /* at least count candidates are worth this */
	int32_t	 high = INT32_MAX / 2;
	uint32_t above = 0;

	while (high - low > 1)
	{
		int32_t	 mid = low + (high - low) / 2;
		uint32_t n = 0;

		for (uint32_t i = 0; i < summary->ncandidates; i++)
			n += summary->candidates[i].worth >= mid;
		if (n >= count)
			low = mid;
		else
			high = mid;
	}
	for (uint32_t i = 0; i < summary->ncandidates; i++)
		above += summary->candidates[i].worth > low;
	for (uint32_t i = 0; i < summary->ncandidates; i++)
	{
		Candidate *c = &summary->candidates[i];

		if (c->worth > low)
			c->taken = true;
		else if (c->worth == low && above < count)
		{
			c->taken = true;
			above++;
		}
	}
}

/* All sentences that are no headings; of nothing but headings, these. */
static const FsSpan *
whole_text(FsArena *arena, const FsDocument *document, uint32_t first, uint32_t proper, uint32_t count, uint32_t *n)
{
	FsSpan *spans = fs_alloc(arena, (count > 0 ? count : 1) * sizeof(FsSpan));

	*n = 0;
	for (uint32_t i = first; i < document->nsentences && *n < count; i++)
		if (proper == 0 || !(document->sentences[i].flags & FS_S_HEADING))
			spans[(*n)++] = document->sentences[i].span;
	return spans;
}

const FsSpan *
fs_summary(FsArena *arena, const FsDocument *document, uint32_t count, uint32_t *n)
{
	Summary	 summary = { .arena = arena, .document = document };
	FsSpan	*spans;
	uint32_t first = 0;
	uint32_t proper = 0; /* sentences of the body that are no headings */
	uint32_t limit;

	*n = 0;
	while (first < document->nsentences && (document->sentences[first].flags & FS_S_TITLE))
		first++;
	for (uint32_t i = first; i < document->nsentences; i++)
		proper += !(document->sentences[i].flags & FS_S_HEADING);
	if (count > document->nsentences - first)
		count = document->nsentences - first;
	if (count == 0)
		return NULL;
	if (proper <= count)
		return whole_text(arena, document, first, proper, count, n);

	limit = count > CANDIDATES / 4 ? count * 4 : CANDIDATES;
	limit = limit > document->nsentences - first ? document->nsentences : first + limit;
	read_candidates(&summary, first, limit);
	count_words(&summary);
	mark_candidates(&summary);
	for (uint32_t i = 0, position = 0; i < summary.ncandidates; i++)
	{
		Candidate *c = &summary.candidates[i];

		c->worth = candidate_worth(&summary, c, (int32_t) position);
		position += !(document->sentences[c->sentence].flags & FS_S_HEADING);
	}
	if (count <= GREEDY_MAX)
		take_greedily(&summary, count);
	else
		take_by_worth(&summary, count);
	spans = fs_alloc(arena, count * sizeof(FsSpan));
	for (uint32_t i = 0; i < summary.ncandidates && *n < count; i++)
		if (summary.candidates[i].taken)
		{
			FsSpan	 span = document->sentences[summary.candidates[i].sentence].span;
			uint32_t start = summary.candidates[i].start;

			spans[(*n)++] = (FsSpan){ start, fs_span_end(span) - start };
		}
	return spans;
}
