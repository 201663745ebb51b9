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
#include "checks.h"
#include "fingerprint.h"
#include "highlight.h"
#include "insight.h"
#include "period.h"
#include "summary.h"

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
	check_document(all);
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
