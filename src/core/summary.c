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

#define CANDIDATES 96 /* sentences looked at */
#define GREEDY_MAX 16 /* more sentences than this are picked by worth alone */
#define TITLE_WORDS 64

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
#define DATELINE_TOKENS 24 /* a dateline with its byline is no longer */

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
	Candidate		 *candidates;
	uint32_t		  ncandidates;
	uint32_t		 *words; /* pool: hashes, later places in counts */
	uint32_t		  nwords;
	uint32_t		  room;
	WordCount		 *counts;
	uint32_t		  mask;
	uint32_t		  title[TITLE_WORDS];
	uint32_t		  ntitle;
	bool			  lead_title; /* the first sentence stands for the title */
	uint64_t		  begins[2];  /* see note_boilerplate */
} Summary;

/* Whether a token says something: a word that is no function word, or a number. */
static bool
is_content(const FsToken *token)
{
	if (token->hash == 0)
		return false;
	if (token->kind == FS_NUMBER)
		return true;
	return (token->kind == FS_WORD || token->kind == FS_CASHTAG) && token->foldlen > 2 &&
		   !(fs_token_classes(token) & FS_C(FUNCTION));
}

/* Whether token i starts these words. */
static bool
words_at(const FsSentence *s, int i, const char *const *words, int n)
{
	if (i + n > s->ntokens)
		return false;
	for (int k = 0; k < n; k++)
		if (!fs_token_is(s->text, &s->tokens[i + k], words[k]))
			return false;
	return true;
}

/* What pages and papers say of themselves: two words that follow each other. */
static const char *const boilerplate[][2] = {
	{ "click", "here" },		 { "reporting", "by" }, { "editing", "by" },	   { "looking", "statements" },
	{ "rights", "reserved" },	 { "read", "more" },	{ "sign", "up" },		   { "views", "expressed" },
	{ "opinions", "expressed" }, { "free", "report" },	{ "subscribe", "to" },	   { "see", "also" },
	{ "click", "live" },		 { "follow", "us" },	{ "more", "information" }, { "no", "position" },
	{ "safe", "harbor" },		 { "request", "a" },	{ "full", "disclosure" },  { "not", "necessarily" },
	{ "our", "newsletter" },	 { "this", "article" }
};

#define BOILERPLATES (sizeof(boilerplate) / sizeof(boilerplate[0]))

/* Whether the word of this hash may begin boilerplate. */
static inline bool
may_begin(const Summary *summary, uint32_t hash)
{
	return summary->begins[0] >> (hash & 63) & summary->begins[1] >> (hash >> 6 & 63) & 1;
}

/* Note the first words of boilerplate as bits of their hashes. */
static void
note_boilerplate(Summary *summary)
{
	for (size_t k = 0; k <= BOILERPLATES; k++)
	{
		const char *word = k < BOILERPLATES ? boilerplate[k][0] : "copyright";
		uint32_t	hash = fs_hash(word, strlen(word));

		summary->begins[0] |= UINT64_C(1) << (hash & 63);
		summary->begins[1] |= UINT64_C(1) << (hash >> 6 & 63);
	}
}

/* A sentence about the page or the paper, not about the news. */
static bool
is_boilerplate(const Summary *summary, const FsSentence *s)
{
	for (int i = 0; i < s->ntokens; i++)
	{
		const FsToken *token = &s->tokens[i];

		if (token->kind == FS_URL)
			return true;
		if (!may_begin(summary, token->hash))
			continue;
		if (token->foldlen == 9 && fs_token_is(s->text, token, "copyright"))
			return true;
		for (size_t k = 0; k < BOILERPLATES; k++)
			if (words_at(s, i, boilerplate[k], 2))
				return true;
	}
	return false;
}

/* Where a sentence starts: after an agency's dateline, "OSLO, May 3 (Agency) - ". */
static uint32_t
sentence_start(const FsSentence *s)
{
	const FsToken *t = s->tokens;

	for (int i = 2; i < s->ntokens - LENGTH_FRAGMENT && i < DATELINE_TOKENS; i++)
		if (t[i].kind == FS_PUNCT && t[i].ch == ')' && (t[i - 1].flags & FS_T_CAPITAL) && t[i - 2].kind == FS_PUNCT &&
			t[i - 2].ch == '(' && t[i + 1].kind == FS_PUNCT && t[i + 1].ch == '-')
		{
			while (i < s->ntokens - 2 && t[i + 1].kind == FS_PUNCT && t[i + 1].ch == '-')
				i++;
			return t[i + 1].start;
		}
	return s->span.start;
}

/* Keep the content words of a sentence. */
static void
add_candidate(Summary *summary, const FsSentence *s, uint32_t index)
{
	Candidate *c = &summary->candidates[summary->ncandidates++];

	*c = (Candidate){
		.sentence = index,
		.start = sentence_start(s),
		.first = summary->nwords,
		.boilerplate = is_boilerplate(summary, s),
	};
	for (int i = 0; i < s->ntokens; i++)
	{
		if (s->tokens[i].kind == FS_PUNCT && s->tokens[i].ch == '"')
			c->quote = true;
		if (is_content(&s->tokens[i]))
		{
			*FS_PUSH(summary->arena, summary->words, summary->nwords, summary->room) = s->tokens[i].hash;
			c->nwords++;
		}
	}
}

/* Keep the words that stand for what the text is about. */
static void
add_title(Summary *summary, const FsSentence *s)
{
	for (int i = 0; i < s->ntokens && summary->ntitle < TITLE_WORDS; i++)
		if (is_content(&s->tokens[i]))
			summary->title[summary->ntitle++] = s->tokens[i].hash;
}

/* Scan the title and the first sentences of the body. */
static void
read_candidates(Summary *summary, uint32_t first, uint32_t limit)
{
	const FsDocument *d = summary->document;
	FsSentence		  s;
	FsScan			 *scan;
	uint32_t		  index = first;
	uint32_t		  end = fs_span_end(d->sentences[limit - 1].span);

	if (d->title.len > 0)
	{
		scan = fs_scan_start(summary->arena, d->title, 0, d->title.len);
		while (fs_scan_next(scan, &s))
			add_title(summary, &s);
	}
	summary->candidates = fs_alloc(summary->arena, (limit - first) * sizeof(Candidate));
	scan = fs_scan_start(summary->arena, d->body, 0, end);
	while (fs_scan_next(scan, &s))
	{
		while (index < limit && d->sentences[index].span.start < s.span.start)
			index++;
		if (index == limit)
			break;
		if (d->sentences[index].span.start != s.span.start)
			continue;
		if (summary->ntitle == 0)
		{
			add_title(summary, &s);
			summary->lead_title = !(s.flags & FS_S_HEADING);
		}
		add_candidate(summary, &s, index);
		index++;
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

/* Count the words of all candidates; the pool then holds places in the table. */
static void
count_words(Summary *summary)
{
	uint32_t size = 64;

	while (size < 2 * (summary->nwords + TITLE_WORDS))
		size *= 2;
	summary->mask = size - 1;
	summary->counts = fs_alloc0(summary->arena, size * sizeof(WordCount));
	for (uint32_t i = 0; i < summary->nwords; i++)
	{
		WordCount *count = &summary->counts[find_word(summary, summary->words[i])];

		count->hash = summary->words[i];
		if (count->count < UINT16_MAX)
			count->count++;
		summary->words[i] = (uint32_t) (count - summary->counts);
	}
	for (uint32_t i = 0; i < summary->ntitle; i++)
	{
		WordCount *count = &summary->counts[find_word(summary, summary->title[i])];

		count->hash = summary->title[i];
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
	uint32_t of = summary->lead_title ? c->nwords : summary->ntitle;

	if (summary->lead_title && c == summary->candidates)
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
	note_boilerplate(&summary);
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
