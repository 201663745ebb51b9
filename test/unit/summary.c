/*
 * summary.c - the sentences that carry the news, whole and in their order.
 */
#include "summary.h"
#include "unit.h"

/* The summary, of a document with these wants, as its sentences joined by "|". */
static const char *
summary_of(unsigned wants, const char *title, const char *s, uint32_t count)
{
	FsError			  error;
	FsText			  body = unit_text(s);
	const FsDocument *document = fs_document_read(unit_arena(), body, unit_text(title), wants, &error);
	FsString		  out = { 0 };
	uint32_t		  n;
	const FsSpan	 *spans = fs_summary(unit_arena(), document, count, &n);

	for (uint32_t i = 0; i < n; i++)
	{
		if (i > 0)
			fs_append(unit_arena(), &out, "|", 1);
		fs_append(unit_arena(), &out, body.data + spans[i].start, spans[i].len);
	}
	fs_append(unit_arena(), &out, "", 1);
	return out.data;
}

static const char *
summary(const char *title, const char *s, uint32_t count)
{
	return summary_of(FS_WANT_ALL, title, s, count);
}

static void
short_texts_come_back_whole(void)
{
	CHECK_STR(summary("", "Orders rose. Costs fell.", 2), "Orders rose.|Costs fell.");
	CHECK_STR(summary("", "Orders rose. Costs fell.", 9), "Orders rose.|Costs fell.");
	CHECK_STR(summary("", "Orders of the shipyard rise again", 2), "Orders of the shipyard rise again");
	CHECK_STR(summary("", "", 2), "");
	CHECK_STR(summary("", " \n ", 2), "");
	CHECK_STR(summary("", "Orders rose.", 0), "");
}

static void
boilerplate_is_known_by_every_phrase(void)
{
	static const char *const phrases[] = {
		"click here",	  "reporting by", "editing by",		 "looking statements", "rights reserved",
		"read more",	  "sign up",	  "views expressed", "opinions expressed", "free report",
		"subscribe to",	  "see also",	  "click live",		 "follow us",		   "more information",
		"no position",	  "safe harbor",  "request a",		 "full disclosure",	   "not necessarily",
		"our newsletter", "this article", "copyright",		 "Click Here"
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
	{
		FsDigest  *digest = fs_digest_start(unit_arena());
		FsString   text = { 0 };
		FsSentence sentence;
		FsScan	  *scan;

		fs_appendf(unit_arena(), &text, "Notice of %s that day. Orders of the yard rose.", phrases[i]);
		scan = fs_scan_start(unit_arena(), (FsText){ text.data, (uint32_t) text.len }, 0, (uint32_t) text.len);
		while (fs_scan_next(scan, &sentence))
			fs_digest_add(unit_arena(), digest, &sentence, sentence.index, NULL, 0);
		CHECK_INT(digest->n, 2);
		CHECK_STR(digest->sentences[0].boilerplate ? phrases[i] : "", phrases[i]);
		CHECK(!digest->sentences[1].boilerplate);
	}
}

static void
headings_are_no_sentences(void)
{
	CHECK_STR(summary("",
					  "Shipyard books ferry order\nThe yard in Turku won an order for two ferries worth "
					  "400 million euros on Friday.",
					  2),
			  "The yard in Turku won an order for two ferries worth 400 million euros on Friday.");
}

static const char *const article =
	"The yard in Turku won an order for two ferries worth 400 million euros on Friday, its largest in a decade. "
	"The yard in Turku won an order for two ferries worth 400 million euros. "
	"Click here for more news. "
	"What comes next? "
	"Who knows? "
	"The order lifts the yard's backlog to 1.1 billion euros and secures work for 3,000 people until the summer of "
	"2029. "
	"A brass band played. "
	"It rained.";

static void
news_is_picked_and_not_told_twice(void)
{
	CHECK_STR(
		summary("", article, 2),
		"The yard in Turku won an order for two ferries worth 400 million euros on Friday, its largest in a decade.|"
		"The order lifts the yard's backlog to 1.1 billion euros and secures work for 3,000 people until the summer "
		"of 2029.");
}

static void
an_agency_s_dateline_is_left_out(void)
{
	char *body = unit_alloc(NULL, 1000);

	sprintf(body, "TURKU, June 3 (Agency) - %s", article);
	CHECK(strncmp(summary("", body, 2), "The yard in Turku won an order", 30) == 0);
}

/* Where the news of a first sentence starts, "" where it is taken whole. */
static const char *const starts[][2] = {
	{ "Carmaker plans 50 new electric models by 2025 Ford Motor Co . said Tuesday that Ford", "" },
	{ "Ford 's plan includes introduction of 50 new models by 2025 Ford Motor Co. said Tuesday it will build most of "
	  "them there",
	  "Ford Motor Co. said" },
	{ "Yard wins ferry order worth 400 million euros The company said on Friday that it would hire",
	  "The company said" },
	{ "Yard reports a loss of orders In the first quarter of the year orders fell by a tenth", "In the first" },
	{ "Why the Yard in Turku Is Hiring Again The yard 's backlog has risen to its highest in a decade",
	  "The yard 's" },
	{ "What Our Model Says Our proven model does not predict that the yard will earn more this year", "Our proven" },
	{ "FRANKFURT, Feb 2 (Agency) - The yard said on Friday that it would hire more people this year",
	  "The yard said" },
	{ "TURKU FINLAND WORKS ON By A Writer and B C Writer Feb 2 (Agency) -- The yard said it would hire many more "
	  "people this year",
	  "The yard said" },
	{ "The yard said on Monday 22 September that it has agreed to sell its share in the old dock", "" },
	{ "The yard won orders worth 400 million euros in May from owners that it had not served before", "" },
	{ "According to its chief executive the yard in The Hague will build two ferries for the new owner", "" },
	{ "The Weather Channel told the yard on Friday that it wants to film the launch of the two ferries", "" },
	{ "Its debts (Note 4) - all of them due in the next two years - are larger than they ever were", "" },
};

static void
what_stood_above_a_sentence_is_left_out(void)
{
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
	{
		const char *whole = starts[i][0];
		char	   *body = unit_alloc(NULL, 1000);
		char		first[200];

		snprintf(first, sizeof(first), "%s.|", starts[i][1][0] ? strstr(whole, starts[i][1]) : whole);
		sprintf(body, "%s. It rained on the yard. A brass band played.", whole);
		if (strncmp(summary("", body, 2), first, strlen(first)) != 0)
			CHECK_STR(summary("", body, 2), first);
	}
}

static void
many_sentences_keep_their_order(void)
{
	const char *got = summary("", article, 5);

	CHECK(strstr(got, "It rained.") != NULL);
	CHECK(strstr(got, "Click here") == NULL);
	CHECK(strstr(got, "A brass band") > strstr(got, "3,000 people"));
}

static void
with_and_without_a_digest_it_is_the_same(void)
{
	static const char *const titles[] = { "", "Turku yard books ferry order", "It rained" };

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		for (uint32_t count = 1; count < 6; count++)
			CHECK_STR(summary_of(FS_WANT_ALL & ~(unsigned) FS_WANT_DIGEST, titles[i], article, count),
					  summary(titles[i], article, count));
}

/* More sentences than the greedy choice takes, out of more than are looked at. */
static void
long_texts_give_as_many_as_asked(void)
{
	char  *s = unit_alloc(NULL, 2000 * 40 + 1);
	size_t len = 0;
	int	   bars = 0;

	for (int i = 0; i < 2000; i++)
		len += (size_t) sprintf(s + len, "Line %d rose by %d percent today. ", i, i);
	for (const char *p = summary("", s, 100); *p; p++)
		bars += *p == '|';
	CHECK_INT(bars, 99);
}

int
main(void)
{
	RUN(short_texts_come_back_whole);
	RUN(boilerplate_is_known_by_every_phrase);
	RUN(headings_are_no_sentences);
	RUN(news_is_picked_and_not_told_twice);
	RUN(an_agency_s_dateline_is_left_out);
	RUN(what_stood_above_a_sentence_is_left_out);
	RUN(many_sentences_keep_their_order);
	RUN(with_and_without_a_digest_it_is_the_same);
	RUN(long_texts_give_as_many_as_asked);
	return unit_done();
}
