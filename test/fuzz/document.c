/*
 * document.c - the fuzz target: the whole core over any bytes.
 *
 * The input is a text, or a title, a NUL and a text.  Besides what the
 * sanitizers see (each text lies in a block of exactly its size), whatever the
 * bytes are: spans lie inside their text, sentences are in order and apart,
 * scores and shares are in their ranges, the evidence adds up to the score, and
 * a second reading at another address, for less, gives the same.
 */
#include "card.h"
#include "document.h"
#include "fingerprint.h"
#include "fuzz.h"
#include "highlight.h"
#include "insight.h"
#include "period.h"
#include "summary.h"

/* Sentences: title's first, in order, apart, scores in range. */
static void
check_sentences(const FsDocument *d)
{
	uint32_t end = 0;
	bool	 title = true;

	for (uint32_t i = 0; i < d->nsentences; i++)
	{
		const FsSentenceInfo *s = &d->sentences[i];

		if (title && !(s->flags & FS_S_TITLE))
		{
			title = false;
			end = 0;
		}
		MUST(title == ((s->flags & FS_S_TITLE) != 0));
		MUST(inside(title ? d->title : d->body, s->span));
		MUST(s->span.len > 0 && s->span.start >= end);
		MUST(s->score >= -FS_SCORE_ONE && s->score <= FS_SCORE_ONE);
		end = fs_span_end(s->span);
	}
}

/* Evidence lies in the text and adds up to the score within 1 (1/10000). */
static void
check_evidence(const FsDocument *d)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < d->nevidence; i++)
	{
		const FsEvidence *e = &d->evidence[i];
		bool			  title = e->sentence != UINT32_MAX &&
					 (MUST(e->sentence < d->nsentences), (d->sentences[e->sentence].flags & FS_S_TITLE) != 0);

		MUST(inside(title ? d->title : d->body, e->span));
		sum += e->weight;
	}
	MUST(sum - d->score <= 1 && d->score - sum <= 1);
}

/* Companies, metrics, quantities. */
static void
check_extraction(const FsDocument *d)
{
	for (uint32_t i = 0; i < d->ncompanies; i++)
	{
		const FsDocumentCompany *c = &d->companies[i];

		MUST(inside(d->body, c->first));
		MUST(c->score >= -FS_SCORE_ONE && c->score <= FS_SCORE_ONE);
		MUST(c->relevance <= 1000 && c->confidence <= 1000);
		if (c->company >= FS_COMPANY_OWN)
			MUST(d->knowledge && (uint32_t) (c->company - FS_COMPANY_OWN) < d->knowledge->own->ncompanies);
		else
			MUST(c->company >= 0 ? (uint32_t) c->company < fs_company_count()
								 : memchr(c->symbol, 0, sizeof(c->symbol)) != NULL);
	}
	for (uint32_t i = 0; i < d->nmetrics; i++)
	{
		const FsMetric *m = &d->metrics[i];

		MUST(inside(d->body, m->span) && inside(d->body, m->period) && inside(d->body, m->prior_period));
		MUST(m->name != NULL || inside(d->body, m->name_span));
		MUST(m->unit != FS_UNIT_COUNT || inside(d->body, m->noun));
	}
	for (uint32_t i = 0; i < d->nquantities; i++)
	{
		MUST(inside(d->body, d->quantities[i].quantity.span));
		MUST(i == 0 || d->quantities[i].quantity.span.start >= d->quantities[i - 1].quantity.span.start);
	}
}

/* The readers of a finished document. */
static void
check_readers(FsArena *arena, const FsDocument *d)
{
	static const FsHighlightOptions options = { { "<b>", 3 }, { "</b>", 4 }, { "<i>", 3 }, { "</i>", 4 }, 0,
												35,			  true,			 true,		   true };
	uint32_t						n;
	uint32_t						end = 0;
	const FsSpan				   *spans = fs_summary(arena, d, 2, &n);
	const FsInsight				   *insights;
	FsString						s;

	MUST(n <= 2);
	for (uint32_t i = 0; i < n; i++)
	{
		MUST(inside(d->body, spans[i]) && spans[i].start >= end);
		end = fs_span_end(spans[i]);
	}
	insights = fs_insights(arena, d, &n);
	for (uint32_t i = 0; i < n; i++)
		MUST(inside(d->body, insights[i].span) && insights[i].months_low <= insights[i].months_high);
	s = fs_highlight(arena, d, &options);
	MUST(s.len >= d->body.len || d->body.len > 0);
	s = fs_card_html(arena, d);
	MUST(s.len > 0);
}

/* The same text, at another address, is the same story. */
static void
check_fingerprint(FsArena *arena, FsText a, FsText b)
{
	FsError	 error = { FS_OK, 0, 0 };
	uint64_t x;
	uint64_t y;

	MUST(fs_fingerprint(arena, a, &x, &error) == fs_fingerprint(arena, b, &y, &error));
	MUST(error.status == FS_OK && x == y && fs_similarity(x, y) == 1);
}

/* Rows of a workspace out of the text itself: pieces of the title are terms, its whole and pieces of the body names. */
static FsOwn *
own_rows(FsArena *arena, FsText body, FsText title)
{
	FsOwn  *own = fs_own_start(arena);
	int32_t company = fs_own_company(own, (FsText){ "ZRB", 3 }, title, FS_DAY_FIRST, FS_DAY_LAST);

	for (uint32_t at = 0, n; at < title.len; at += n + 1)
	{
		for (n = 0; at + n < title.len && title.data[at + n] != ' '; n++)
			;
		fs_own_term(own, (FsText){ title.data + at, n }, (int) (n * 37 % 201) - 100);
	}
	for (uint32_t n = 1; n < body.len && n < 40; n *= 3)
	{
		fs_own_term(own, (FsText){ body.data, n }, 50);
		fs_own_alias(own, company, (FsText){ body.data + body.len / 2, n < body.len / 2 ? n : body.len / 2 });
	}
	fs_own_company(own, (FsText){ "AAPL", 4 }, body.len < 200 ? body : title, 0, 10);
	fs_own_finish(own);
	return own;
}

/* What holds of any document holds of one that is read with a user's rows. */
static void
check_own(FsArena *arena, FsText body, FsText title)
{
	FsKnowledge		  knowledge = { .generation = 1, .own = own_rows(arena, body, title), .day = 5 };
	FsError			  error;
	const FsDocument *d = fs_document_read_with(arena, body, title, FS_WANT_ALL, &knowledge, &error);

	MUST(d != NULL);
	MUST(d->score >= -FS_SCORE_ONE && d->score <= FS_SCORE_ONE);
	check_sentences(d);
	check_evidence(d);
	check_extraction(d);
	check_readers(arena, d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t	 *nul = size > 0 ? memchr(data, 0, size) : NULL;
	size_t			  title_size = nul ? (size_t) (nul - data) : 0;
	const uint8_t	 *body_data = nul ? nul + 1 : data;
	size_t			  body_size = nul ? size - title_size - 1 : size;
	FsText			  title = copy_text(data, title_size);
	FsText			  body = copy_text(body_data, body_size);
	FsArena			  arena;
	FsArena			  again;
	FsError			  error;
	int32_t			  score = 0;
	const FsDocument *all;
	const FsDocument *less;

	fs_arena_init(&arena, &env, NULL, 0);
	all = fs_document_read(&arena, body, title, FS_WANT_ALL, &error);
	MUST(all != NULL);
	MUST(all->score >= -FS_SCORE_ONE && all->score <= FS_SCORE_ONE);
	MUST(all->p.negative + all->p.neutral + all->p.positive == 65536);
	MUST(all->confidence <= 1000);
	check_sentences(all);
	check_evidence(all);
	check_extraction(all);
	check_readers(&arena, all);

	fs_arena_init(&again, &env, NULL, 0);
	less =
		fs_document_read(&again, copy_text(body_data, body_size), copy_text(data, title_size), FS_WANT_SCORE, &error);
	MUST(less->score == all->score && less->words == all->words && less->nsentences == all->nsentences);
	MUST(less->confidence == all->confidence && less->mixed == all->mixed);
	less = fs_document_read(&again, copy_text(body_data, body_size), copy_text(data, title_size), FS_WANT_COMPANIES,
							&error);
	MUST(less->ncompanies == all->ncompanies);
	for (uint32_t i = 0; i < less->ncompanies; i++)
		MUST(less->companies[i].company == all->companies[i].company &&
			 less->companies[i].confidence == all->companies[i].confidence);

	check_fingerprint(&again, body, copy_text(body_data, body_size));

	/* the text as a period, and its beginning */
	for (uint32_t n = body.len; n > 0; n /= 2)
	{
		FsDays days;

		if (fs_period_resolve(&arena, (FsText){ body.data, n }, (FsDay) (n * 997), &days))
			MUST(days.first < days.end);
	}
	check_own(&arena, body, title);

	/* the first word of the text as a target */
	if (body_size > 4)
	{
		FsText target = { body.data, body.len < 8 ? body.len : 8 };

		if (fs_target_score(&arena, body, target, &score, &error))
			MUST(score >= -FS_SCORE_ONE && score <= FS_SCORE_ONE);
	}
	fuzz_free();
	return 0;
}
