/*
 * document.c - the pipeline: what one reading promises, over the sample news.
 */
#include "document.h"
#include "unit.h"

#define LINE_BYTES 65536

static const FsText none = { NULL, 0 };

/* Read body and title for these wants. */
static const FsDocument *
read_for(FsText body, FsText title, unsigned wants)
{
	FsError error;

	return fs_document_read(unit_arena(), body, title, wants, &error);
}

/* Call check for every sample story. */
static void
for_each_story(void (*check)(const char *title, const char *body))
{
	static char line[LINE_BYTES];
	FILE	   *file = fopen("demo/news.tsv", "r");
	bool		header = true;

	CHECK(file != NULL);
	while (file && fgets(line, sizeof(line), file))
	{
		char *column[5] = { line };
		char *out;
		int	  n = 1;

		line[strcspn(line, "\n")] = '\0';
		for (char *p = line; n < 5 && (p = strchr(p, '\t')) != NULL;)
		{
			*p++ = '\0';
			column[n++] = p;
		}
		if (n == 5 && !header)
		{
			out = column[4];
			for (char *p = column[4]; *p; p++)
			{
				bool line_break = p[0] == '\\' && p[1] == 'n';

				*out++ = line_break ? '\n' : *p;
				p += line_break;
			}
			*out = '\0';
			check(column[3], column[4]);
		}
		header = false;
	}
	if (file)
		fclose(file);
}

static void
check_same_score(const char *title, const char *body)
{
	static const unsigned more[] = { FS_WANT_SCORE | FS_WANT_COMPANIES, FS_WANT_EVIDENCE, FS_WANT_TARGETS,
									 FS_WANT_SCORE | FS_WANT_METRICS, FS_WANT_ALL };
	const FsDocument	 *lean = read_for(unit_text(body), unit_text(title), FS_WANT_SCORE);

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
	{
		const FsDocument *rich = read_for(unit_text(body), unit_text(title), more[i]);

		CHECK_MSG(rich->score == lean->score, "score %d, but %d with wants %u: %s", lean->score, rich->score, more[i],
				  title);
		CHECK_MSG(rich->words == lean->words, "words %u, but %u with wants %u: %s", lean->words, rich->words, more[i],
				  title);
	}
}

static void
the_score_is_the_same_whatever_else_is_wanted(void)
{
	for_each_story(check_same_score);
}

static void
check_same_companies(const char *title, const char *body)
{
	const FsDocument *lean = read_for(unit_text(body), unit_text(title), FS_WANT_COMPANIES);
	const FsDocument *rich = read_for(unit_text(body), unit_text(title), FS_WANT_ALL);

	CHECK_INT(lean->ncompanies, rich->ncompanies);
	for (uint32_t i = 0; i < lean->ncompanies && i < rich->ncompanies; i++)
	{
		const FsDocumentCompany *a = &lean->companies[i];
		const FsDocumentCompany *b = &rich->companies[i];

		CHECK_MSG(a->company == b->company && a->relevance == b->relevance && a->confidence == b->confidence,
				  "company %d, relevance %d, or %d, %d with everything wanted: %s", a->company, a->relevance,
				  b->company, b->relevance, title);
	}
}

/* Metrics and companies of the text alone, read in batches, are those among all answers, read sentence by sentence. */
static void
check_same_metrics(const char *title, const char *string)
{
	FsText			  body = unit_text(string);
	const FsDocument *all = read_for(body, unit_text(title), FS_WANT_ALL);
	const FsDocument *alone = read_for(body, unit_text(title), FS_WANT_METRICS);
	int				  wrong = 0;

	CHECK_INT(alone->nsentences, all->nsentences);
	CHECK_INT(alone->words, all->words);
	CHECK_INT(alone->nmentions, all->nmentions);
	CHECK_INT(alone->nmetrics, all->nmetrics);
	for (uint32_t i = 0; i < all->nmentions && alone->nmentions == all->nmentions; i++)
		wrong += alone->mentions[i].sentence != all->mentions[i].sentence ||
				 alone->mentions[i].token != all->mentions[i].token ||
				 alone->mentions[i].company != all->mentions[i].company;
	for (uint32_t i = 0; i < all->nmetrics && alone->nmetrics == all->nmetrics; i++)
	{
		const FsMetric *a = &alone->metrics[i];
		const FsMetric *b = &all->metrics[i];

		wrong += a->metric != b->metric || a->sentence != b->sentence || a->company != b->company ||
				 a->unit != b->unit || a->direction != b->direction || a->basis != b->basis ||
				 a->span.start != b->span.start || a->period.start != b->period.start ||
				 a->period.len != b->period.len || fs_decimal_compare(a->value, b->value) != 0 ||
				 fs_decimal_compare(a->change, b->change) != 0;
	}
	CHECK_INT(wrong, 0);
}

static void
metrics_are_the_same_whatever_else_is_wanted(void)
{
	static char text[200000];

	for_each_story(check_same_metrics);
	/* many sentences to a batch, sentences of all lengths, one longer than any */
	for (int words = 0; words < 700; words += words < 40 ? 1 : 37)
	{
		sprintf(text + strlen(text), "Apple sales rose %d%% to $%d million in Q%d 2025.\n\nUp.\n\n", words % 50 + 1,
				words + 1, words % 4 + 1);
		for (int i = 0; i < words; i++)
			strcat(text, i % 9 == 0 ? "Microsoft profit " : "fell 5% and ");
		strcat(text, "costs were EUR 7 million.\n\n");
	}
	check_same_metrics("Tesla cuts 300 jobs", text);
	check_same_metrics("", "Sales rose 5%.");
}

static void
companies_and_their_order_are_the_same_whatever_else_is_wanted(void)
{
	for_each_story(check_same_companies);
}

static void
check_evidence(const char *title, const char *body)
{
	const FsDocument *document = read_for(unit_text(body), unit_text(title), FS_WANT_EVIDENCE);
	int32_t			  sum = 0;
	int32_t			  calibration = 0;

	for (uint32_t i = 0; i < document->nevidence; i++)
	{
		const FsEvidence *evidence = &document->evidence[i];
		bool			  in_title =
			evidence->sentence != UINT32_MAX && document->sentences[evidence->sentence].flags & FS_S_TITLE;

		CHECK_MSG(fs_span_end(evidence->span) <= strlen(in_title ? title : body), "evidence ends at %u: %s | %s",
				  fs_span_end(evidence->span), title, body);
		sum += document->evidence[i].weight;
		if (document->evidence[i].rule == FS_RULE_CALIBRATION)
			calibration += document->evidence[i].weight;
	}
	CHECK_MSG(abs(sum - document->score) <= 1, "evidence adds up to %d, score %d: %s", sum, document->score, title);
	CHECK_MSG(abs(calibration) <= 1000, "calibration is %d: %s", calibration, title);
}

static void
the_evidence_adds_up_to_the_score(void)
{
	for_each_story(check_evidence);
}

/* Sentences of a post may say the opposite of one another, or nothing. */
static void
a_post_is_one_message(void)
{
	static const char *const posts[] = {
		"$OAKL breaks out. Chart looks great. https://t.co/x1",
		"$OAKL cut to sell at Mallory. Read more: https://t.co/x2 #stocks",
		"Oakline is down, gold is up. Margins are under pressure. But someone forgot to tell stocks https://t.co/x3",
		"What a quarter. $OAKL profit doubled. Sales fell 3%. Nobody cares.",
		"https://t.co/x4 https://t.co/x5",
		"Well. Well. #well",
		"Still long $OAKL",
	};
	const size_t	  nposts = sizeof(posts) / sizeof(posts[0]);
	FsText			  text = unit_text(posts[0]);
	const FsDocument *first = read_for(text, none, FS_WANT_SCORE);
	FsError			  error;
	int32_t			  toward = 0;

	for (size_t i = 0; i < nposts; i++)
	{
		check_evidence("", posts[i]);
		for (size_t title = 0; title < nposts; title++)
			check_evidence(posts[title], posts[i]);
	}
	CHECK(first->nsentences > 1);
	CHECK(first->score >= 1200);
	/* the company stands in the first sentence alone, the praise behind it counts too */
	CHECK(fs_target_score(unit_arena(), text, unit_text("OAKL"), &toward, &error));
	CHECK(toward > 0);
}

static void
check_label(const char *title, const char *body)
{
	const FsDocument *d = read_for(unit_text(body), unit_text(title), FS_WANT_SCORE);
	bool			  negative = d->p.negative > d->p.neutral && d->p.negative > d->p.positive;
	bool			  positive = d->p.positive > d->p.neutral && d->p.positive > d->p.negative;

	CHECK_INT(d->p.negative + d->p.neutral + d->p.positive, 65536);
	CHECK_MSG(positive == (d->score >= 1200) && negative == (d->score <= -1200),
			  "score %d, probabilities %u %u %u: %s", d->score, d->p.negative, d->p.neutral, d->p.positive, title);
}

static void
the_likeliest_class_is_the_class_of_the_score(void)
{
	for_each_story(check_label);
}

static void
check_address(const char *title, const char *body)
{
	char			  shifted[16 + LINE_BYTES];
	const FsDocument *one = read_for(unit_text(body), unit_text(title), FS_WANT_ALL);
	const FsDocument *two;
	FsText			  moved = { shifted + 7, (uint32_t) strlen(body) };

	memset(shifted, '9', sizeof(shifted));
	memcpy(shifted + 7, body, strlen(body));
	two = read_for(moved, unit_text(title), FS_WANT_ALL);
	CHECK_INT(one->score, two->score);
	CHECK_INT(one->nsentences, two->nsentences);
	CHECK_INT(one->nevidence, two->nevidence);
	CHECK_INT(one->ncompanies, two->ncompanies);
	CHECK_INT(one->nmetrics, two->nmetrics);
	for (uint32_t i = 0; i < one->nevidence && i < two->nevidence; i++)
		CHECK(memcmp(&one->evidence[i].span, &two->evidence[i].span, sizeof(FsSpan)) == 0);
}

static void
neither_address_nor_neighbours_of_the_text_matter(void)
{
	for_each_story(check_address);
}

static void
texts_without_a_word_have_no_score(void)
{
	static const char *const texts[] = { "", " ", "\n\n\t", "...!?", "\xff\xfe\x80", "<p></p>" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		const FsDocument *d = read_for(unit_text(texts[i]), none, FS_WANT_ALL);

		CHECK_INT(d->score, 0);
		CHECK_INT(d->nmetrics, 0);
		CHECK_INT(d->nquantities, 0);
		CHECK_INT(d->ncompanies, 0);
	}
}

static void
a_text_beyond_the_limit_is_refused(void)
{
	FsText	text = { "x", (uint32_t) FS_TEXT_MAX + 1 };
	FsError error = { FS_OK, 0, 0 };

	CHECK(fs_document_read(unit_arena(), text, none, FS_WANT_SCORE, &error) == NULL);
	CHECK_INT(error.status, FS_TEXT_TOO_LONG);
	CHECK_INT(error.offset, 0);
	CHECK(fs_document_read(unit_arena(), unit_text("x"), text, FS_WANT_SCORE, &error) == NULL);
	CHECK_INT(error.offset, 1);
}

/* Texts that tempt a reader to look again and again, or not to look up. */
static void
the_host_is_polled_whatever_the_text_holds(void)
{
	static const char *const parts[] = { "a", "a ", " ", "\n",		"1",		"1,",	"$",	  "$A ",
										 "<", "&",	".", "profit ", "\xcc\x81", "\xff", "if a<b " };
	const size_t			 size = 1 << 20;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
	{
		char  *data = unit_alloc(NULL, size);
		FsText text = { data, (uint32_t) size };
		size_t len = strlen(parts[i]);

		for (size_t at = 0; at < size; at++)
			data[at] = parts[i][at % len];
		unit.polls = 0;
		read_for(text, none, FS_WANT_ALL);
		CHECK_MSG(unit.polls >= (long) (size / FS_POLL_BYTES) - 1, "polled %ld times in %zu bytes of \"%s\"",
				  unit.polls, size, parts[i]);
	}
}

static void
characters_are_counted_wherever_a_text_has_long_ones(void)
{
	static const char *const parts[] = { "a", "é", "€", "𝄞",
										 "plain words of ASCII, and more of them than a step of the index has: " };
	unsigned				 seed = 7;

	for (int round = 0; round < 60; round++)
	{
		char		text[3000];
		uint32_t	starts[3000];
		uint32_t	nchars = 0;
		uint32_t	len = 0;
		int			wrong = 0;
		FsCharIndex index;

		while (len < 2000 + (uint32_t) round * 7)
		{
			const char *part;

			seed = seed * 1103515245u + 12345u;
			part = parts[(seed >> 16) % (round % 3 == 0 ? 5 : 40) < 5 ? (seed >> 16) % 5 : round % 2 ? 4 : 0];
			memcpy(text + len, part, strlen(part));
			len += (uint32_t) strlen(part);
		}
		fs_char_index(unit_arena(), (FsText){ text, len }, &index);
		for (uint32_t at = 0; at < len; at++)
			if (((unsigned char) text[at] & 0xC0) != 0x80)
			{
				wrong += fs_chars_before(&index, at) != nchars;
				starts[nchars++] = at;
			}
		wrong += fs_chars_before(&index, len) != nchars;
		for (uint32_t c = 0; c + 40 < nchars; c += 3)
			wrong += fs_chars_within(&index, starts[c], starts[c + c % 40]) != c % 40;
		CHECK_INT(wrong, 0);
	}
}

int
main(void)
{
	RUN(the_score_is_the_same_whatever_else_is_wanted);
	RUN(companies_and_their_order_are_the_same_whatever_else_is_wanted);
	RUN(metrics_are_the_same_whatever_else_is_wanted);
	RUN(the_evidence_adds_up_to_the_score);
	RUN(a_post_is_one_message);
	RUN(the_likeliest_class_is_the_class_of_the_score);
	RUN(neither_address_nor_neighbours_of_the_text_matter);
	RUN(texts_without_a_word_have_no_score);
	RUN(a_text_beyond_the_limit_is_refused);
	RUN(the_host_is_polled_whatever_the_text_holds);
	RUN(characters_are_counted_wherever_a_text_has_long_ones);
	return unit_done();
}
