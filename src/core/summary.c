/*
 * summary.c - level 9: the sentences that carry the news.
 *
 * Extractive, after Edmundson ("New methods in automatic extracting", 1969):
 * a sentence's worth is a weighted sum of what is known about it, and sentences
 * are taken greedily, each paying for what the ones before it already said
 * (Carbonell and Goldstein's maximal marginal relevance, 1998).
 *
 *     position     news says first what happened: falls like 3 / (3 + n), and
 *                  the first whole sentence counts once more
 *     length       up to 40 words says more, beyond 45 it is two sentences
 *     ahead        says what will be, or what is expected
 *     company      names the company that the text is about
 *     sentiment    size of its score
 *     recurrence   share of its words that come again in the text
 *     centrality   how often they do, against the most central sentence; the sum
 *                  over words of the others that hold them stands for the sum
 *                  over sentences of the words shared (LexRank without iteration)
 *     title        share of the title's words that it repeats; without a title
 *                  of the heading, else of what it shares with the lead
 *
 * A dateline or a headline glued to the sentence is left out of what is taken
 * (digest_start.c).  A sentence that quotes is a comment, a question asks instead
 * of telling: both lose a little.  Headings and boilerplate ("click here",
 * "reporting by") are taken only when nothing else is there.  Only the first
 * CANDIDATES sentences are looked at (more if more are asked for): news puts what
 * matters first, and the cost stays the same for a text of any length.
 *
 * The weights maximise the expected word overlap of a pair drawn by exp(worth)
 * with hand-picked pairs, drawn toward weights set by hand and rounded; features
 * that did not help on articles left out of the fit (numbers, the sign of the
 * score) were dropped.  All is integer.
 */
#include "summary.h"

#define CANDIDATES FS_DIGEST_MAX /* sentences looked at */
#define GREEDY_MAX 16			 /* more sentences than this are picked by worth alone */

/* What is known about a sentence; each goes from 0 to 1000. */
typedef enum Feature
{
	POSITION,  /* 3 / (3 + n) */
	LEAD,	   /* the first that is whole */
	LENGTH,	   /* up to LENGTH_FULL words */
	LONG,	   /* beyond LENGTH_LONG words */
	AHEAD,	   /* speaks of what will be */
	COMPANY,   /* names the company that the text is about */
	SENTIMENT, /* size of its score */
	RECURRENT, /* share of its words that come again in the text */
	CENTRAL,   /* how often they do, against the most central sentence */
	TITLE,	   /* share of the title's words */
	QUOTE,
	QUESTION,
	BOILERPLATE,
	HEADING,
	FRAGMENT,
	FEATURES
} Feature;

static const int16_t weights[FEATURES] = {
	[POSITION] = 690, [LEAD] = 390,		 [LENGTH] = 360,	[LONG] = -120,		   [AHEAD] = 290,
	[COMPANY] = 350,  [SENTIMENT] = 330, [RECURRENT] = 200, [CENTRAL] = 145,	   [TITLE] = 100,
	[QUOTE] = -205,	  [QUESTION] = -300, [FRAGMENT] = -300, [BOILERPLATE] = -1500, [HEADING] = -4000,
};

#define WEIGHT_REDUNDANT 115 /* share of its words in sentences taken */
#define PENALTY_SAID 600	 /* ... if it is this much, nothing is new */
#define SAID_SHARE 750

#define LENGTH_FULL 40 /* words */
#define LENGTH_LONG 45
#define LENGTH_FRAGMENT 8
#define CENTRAL_MAX 4	/* a word that comes more often says no more */
#define CENTRAL_WORDS 8 /* short sentences are no more central for it */

typedef struct Candidate
{
	uint32_t sentence; /* index into document->sentences */
	uint32_t start;	   /* byte it starts at, dateline and glued headline left out */
	uint32_t first;	   /* its words in the pool */
	uint32_t nwords;
	int32_t	 worth;
	int32_t	 central;	/* how often its words come in other places, for its length */
	uint32_t recurrent; /* its words that come more than once in the text */
	uint32_t titles;	/* and in the title */
	uint16_t tokens;	/* words and numbers */
	bool	 ahead;		/* speaks of what will be */
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
	int32_t			  central; /* of the most central candidate, at least 1 */
	bool			  some_taken;
} Summary;

/* The document's digest; if it has too few sentences, one of this scan: of title and body up to sentence limit. */
static const FsDigest *
find_digest(FsArena *arena, const FsDocument *d, uint32_t first, uint32_t limit)
{
	FsDigest  *digest;
	FsSentence s;
	FsScan	  *scan;
	uint32_t   index = first;
	uint32_t   mention = 0;
	uint32_t   n;

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
		if (d->sentences[index].span.start != s.span.start)
			continue;
		while (mention < d->nmentions && (d->mentions[mention].in_title || d->mentions[mention].sentence < index))
			mention++;
		for (n = 0; mention + n < d->nmentions && d->mentions[mention + n].sentence == index;)
			n++;
		fs_digest_add(arena, digest, &s, index++, d->mentions + mention, n);
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
			.tokens = d->tokens,
			.ahead = d->ahead,
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

/* Mark the candidates that name the main company. */
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
}

/* Look up the candidate's words: how often they come in other places, and in the title. */
static void
survey_words(const Summary *summary, Candidate *c)
{
	int32_t	 others = 0;
	uint32_t recurrent = 0;
	uint32_t titles = 0;

	for (uint32_t i = 0; i < c->nwords; i++)
	{
		const WordCount *word = &summary->counts[summary->words[c->first + i]];
		int32_t			 more = word->count - 1;

		recurrent += more > 0;
		others += more < CENTRAL_MAX ? more : CENTRAL_MAX;
		titles += word->title;
	}
	c->recurrent = recurrent;
	c->titles = titles;
	c->central = others * 1000 / (int32_t) (c->nwords + CENTRAL_WORDS);
}

/* Share of the candidate's words that come more than once in the text, 0 to 1000. */
static int32_t
recurrence(const Candidate *c)
{
	return (int32_t) (c->recurrent * 1000 / (c->nwords < 8 ? 8 : c->nwords));
}

/*
 * Share of the title's words in the sentence, 0 to 1000.  Where the lead
 * stands for the title it is the sentence's share that is in the lead, and the
 * lead itself gets the middle.
 */
static int32_t
title_overlap(const Summary *summary, const Candidate *c)
{
	uint32_t of = summary->digest->lead_title ? c->nwords : summary->digest->ntitle;

	if (summary->digest->lead_title && c == summary->candidates)
		return 500;
	return of == 0 ? 0 : c->titles >= of ? 1000 : (int32_t) (c->titles * 1000 / of);
}

/* A share of 1000: count of full. */
static int32_t
share(int32_t count, int32_t full)
{
	return count <= 0 ? 0 : count >= full ? 1000 : count * 1000 / full;
}

/* The worth of a candidate, without what others say; n: its place, lead: that of the lead. */
static int32_t
candidate_worth(const Summary *summary, const Candidate *c, int32_t n, int32_t lead)
{
	const FsSentenceInfo *info = &summary->document->sentences[c->sentence];
	int32_t				  size = info->score < 0 ? -info->score : info->score;
	int32_t				  words = c->tokens;
	int32_t				  worth = 0;
	const int32_t		  features[FEATURES] = {
				[POSITION] = 3000 / (3 + n),
				[LEAD] = n == lead ? 1000 : 0,
				[LENGTH] = share(words, LENGTH_FULL),
				[LONG] = share(words - LENGTH_LONG, LENGTH_LONG),
				[AHEAD] = c->ahead ? 1000 : 0,
				[COMPANY] = c->company ? 1000 : 0,
				[SENTIMENT] = size / 10,
				[RECURRENT] = recurrence(c),
				[CENTRAL] = share(c->central, summary->central),
				[TITLE] = title_overlap(summary, c),
				[QUOTE] = c->quote ? 1000 : 0,
				[QUESTION] = info->flags & FS_S_QUESTION ? 1000 : 0,
				[BOILERPLATE] = c->boilerplate ? 1000 : 0,
				[HEADING] = info->flags & FS_S_HEADING ? 1000 : 0,
				[FRAGMENT] = words < LENGTH_FRAGMENT ? 1000 : 0,
	};

	for (int i = 0; i < FEATURES; i++)
		worth += weights[i] * features[i];
	return worth;
}

/* The worth of all candidates. */
static void
weigh_candidates(Summary *summary)
{
	const FsDocument *d = summary->document;
	int32_t			  lead = -1;
	int32_t			  n = 0;

	for (uint32_t i = 0; i < summary->ncandidates; i++)
	{
		Candidate *c = &summary->candidates[i];

		if (lead < 0 && c->tokens >= LENGTH_FRAGMENT && !c->boilerplate)
			lead = n;
		n += !(d->sentences[c->sentence].flags & FS_S_HEADING);
		survey_words(summary, c);
		if (c->central > summary->central)
			summary->central = c->central;
	}
	n = 0;
	for (uint32_t i = 0; i < summary->ncandidates; i++)
	{
		Candidate *c = &summary->candidates[i];

		c->worth = candidate_worth(summary, c, n, lead);
		n += !(d->sentences[c->sentence].flags & FS_S_HEADING);
	}
}

/* What a candidate repeats of the sentences taken, 0 to 1000. */
static int32_t
redundancy(const Summary *summary, const Candidate *c)
{
	uint32_t said = 0;

	for (uint32_t i = 0; i < c->nwords && summary->some_taken; i++)
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
		best->taken = summary->some_taken = true;
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
	Summary	 summary = { .arena = arena, .document = document, .central = 1 };
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
	weigh_candidates(&summary);
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
