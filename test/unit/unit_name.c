/*
 * unit_name.c - names put into units that were cut without them.
 */
#include "rules.h"
#include "unit.h"

static const char *const texts[] = {
	"Apple shares rose 5% after the iPhone maker beat estimates, while Microsoft fell to $300 million from $310 "
	"million.",
	"Although sales of Best Buy Co fell, profit at Net Profit Holdings grew; Target: buy. The company said it "
	"expects more.",
	"$AMZN and $TSLA $MSFT jumped | <JNJ.N> was upgraded to buy by J.P. Morgan, but not by Citi.",
	"Despite the loss, May Department Stores won a contract worth EUR 5 mn, its largest in the third quarter of "
	"2023.",
	"But If When As, However; Unless: Because | While And Or Net Loss of 3.5 million dollars to loss.",
};

/* A number below n, the same in every run. */
static unsigned
draw(unsigned n)
{
	static uint32_t state = 1;

	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

/* Some names of one to four tokens, which do not overlap. */
static void
mark_names(uint8_t *named, int ntokens)
{
	memset(named, 0, (size_t) ntokens);
	for (int i = 0; i < ntokens; i++)
	{
		int n = 1 + (int) draw(4);

		if (draw(6) == 0 && i + n <= ntokens)
		{
			named[i] = (uint8_t) n;
			i += n - 1;
		}
	}
}

/* Whether both cuts of the sentence are the same. */
static bool
same_units(const FsParse *a, const FsParse *b)
{
	bool same = a->nunits == b->nunits && a->seen == b->seen &&
				memcmp(a->marks, b->marks, (size_t) a->nunits + FS_MARKS_BEHIND) == 0;

	for (int i = 0; same && i < a->nunits; i++)
	{
		const FsUnit *x = &a->units[i];
		const FsUnit *y = &b->units[i];

		same = x->classes == y->classes && x->term == y->term && x->lemma == y->lemma && x->token == y->token &&
			   x->count == y->count && x->quantity == y->quantity && x->names == y->names && x->type == y->type &&
			   x->clause == y->clause && x->weight == y->weight && x->ch == y->ch;
	}
	return same;
}

static void
are_cut_as_if_the_names_had_been_known(void)
{
	FsParse	   late;
	FsParse	   early;
	FsEvent	   without[FS_EVENTS_MAX];
	FsEvent	   with[FS_EVENTS_MAX];
	uint8_t	   named[FS_SENTENCE_TOKENS];
	FsSentence sentence;
	int		   kept = 0;

	fs_parse_init(unit_arena(), &late);
	fs_parse_init(unit_arena(), &early);
	for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
		for (int round = 0; round < 500; round++)
		{
			FsText	text = unit_text(texts[t]);
			FsScan *scan = fs_scan_start(unit_arena(), text, 0, text.len);

			while (fs_scan_next(scan, &sentence))
			{
				int	 nwithout;
				bool same;

				mark_names(named, sentence.ntokens);
				fs_parse_sentence(&sentence, NULL, &late);
				nwithout = fs_rules_apply(&late, without);
				same = fs_name_units(named, &late);
				fs_parse_sentence(&sentence, named, &early);
				CHECK(same_units(&late, &early));
				if (same)
				{
					kept++;
					CHECK_INT(fs_rules_apply(&early, with), nwithout);
					CHECK(memcmp(with, without, (size_t) nwithout * sizeof(FsEvent)) == 0);
				}
			}
		}
	CHECK(kept > 100);
}

int
main(void)
{
	RUN(are_cut_as_if_the_names_had_been_known);
	return unit_done();
}
