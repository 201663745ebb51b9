/*
 * period.c - periods of hostile text; test/gold/periods.tsv has the forms.
 */
#include "period.h"
#include "unit.h"

#define AS_OF 9824 /* 2026-11-24 */

/* Whether the bytes are a period; if so its days are in order. */
static bool
resolves(const char *data, size_t len)
{
	FsDays days = { 0, 0 };
	char  *copy = unit_alloc(NULL, len);
	bool   known;

	if (len > 0)
		memcpy(copy, data, len);
	known = fs_period_resolve(unit_arena(), (FsText){ copy, (uint32_t) len }, AS_OF, &days);
	CHECK(!known || days.first < days.end);
	return known;
}

static void
nothing_is_no_period(void)
{
	CHECK(!resolves("", 0));
	CHECK(!resolves("  ", 2));
	CHECK(!resolves("\0", 1));
	CHECK(!resolves("\xff\xfe\x80", 3));
	CHECK(!resolves("\xc2\xad", 2)); /* a soft hyphen alone folds to nothing */
}

static void
every_beginning_and_every_end_is_read(void)
{
	static const char *const texts[] = { "the first nine months ended September 30, 2025",
										 "next 12 to 24 months",
										 "Q1-Q3 FY2025/26 '26",
										 "31.12.2025",
										 "12/31/2025",
										 "by the end of early next year",
										 "a couple of years ago",
										 "October 2024 to March 2025 quarter" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		size_t len = strlen(texts[i]);

		for (size_t n = 0; n <= len; n++)
		{
			resolves(texts[i], n);
			resolves(texts[i] + n, len - n);
		}
	}
}

/* Words of periods in any order: known or not, never out of order. */
static void
any_words_in_any_order(void)
{
	static const char *const words[] = {
		"q",   "2",		"quarter", "2025",	"12",	"year", "ago",	 "to",	 "next",
		"end", "march", "last",	   "ended", "half", "31",	"since", "by",	 "first",
		"fy",  "26",	"month",   "-",		"/",	"same", "the",	 "week", "nine"
	};
	const uint32_t n = sizeof(words) / sizeof(words[0]);
	uint32_t	   seed = 1;
	int			   known = 0;

	for (int i = 0; i < 20000; i++)
	{
		char   text[96];
		size_t len = 0;

		for (int k = 0; k < 2 + i % 5; k++)
		{
			seed = seed * 1103515245 + 12345;
			len += (size_t) snprintf(text + len, sizeof(text) - len, "%s ", words[(seed >> 16) % n]);
		}
		known += resolves(text, len);
	}
	CHECK(known > 500 && known < 10000);
}

int
main(void)
{
	RUN(nothing_is_no_period);
	RUN(every_beginning_and_every_end_is_read);
	RUN(any_words_in_any_order);
	return unit_done();
}
