/*
 * knowledge.c - a user's own terms and companies: what they change, and what not.
 */
#include "document.h"
#include "unit.h"

typedef struct Own
{
	FsOwn	   *own;
	FsKnowledge knowledge;
} Own;

static Own
own_start(void)
{
	Own o = { .own = fs_own_start(unit_arena()) };

	o.knowledge.own = o.own;
	o.knowledge.generation = 1;
	return o;
}

static const FsDocument *
read_own(const Own *o, const char *body, unsigned wants)
{
	FsError error;

	return fs_document_read_with(unit_arena(), unit_text(body), unit_text(""), wants, o ? &o->knowledge : NULL,
								 &error);
}

/* The score of a text with one term, in 1/10000. */
static int32_t
score_with(const char *term, int weight, const char *body)
{
	Own o = own_start();

	fs_own_term(o.own, unit_text(term), weight);
	fs_own_finish(o.own);
	return read_own(&o, body, FS_WANT_SCORE)->score;
}

static int32_t
score_of(const char *body)
{
	return read_own(NULL, body, FS_WANT_SCORE)->score;
}

/* Texts without the term, with it as a headline, in prose, and denied. */
static void
terms_count_wherever_they_stand(void)
{
	static const char *const texts[] = {
		"Acme goes moonwards",
		"Acme goes moonwards, traders say.",
		"Acme opened a plant in May. It was a sunny day. Nobody came. The press was there. Then it went moonwards "
		"again.",
		"ACME GOES MOONWARDS",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		int32_t none = score_of(texts[i]);
		int32_t half = score_with("Moonwards", 50, texts[i]);

		CHECK(half > none);
		CHECK(score_with("moonwards", 100, texts[i]) > half);
		CHECK(score_with("moonwards", -100, texts[i]) < none);
		CHECK(score_with("moonwards", 100, texts[i]) >= 1200);
		CHECK(score_with("moonwards", -100, texts[i]) <= -1200);
		CHECK_INT(score_with("sunwards", 100, texts[i]), none);
	}
	CHECK(score_with("moonwards", 100, "Acme does not go moonwards.") < 0);
	CHECK(score_with("moonwards", 100, "Acme goes moonwards.") > 6000);
}

static void
terms_are_phrases(void)
{
	CHECK(score_with("going to the moon", 100, "Acme is going to the moon.") > 1200);
	CHECK(score_with("going to the moon", 100, "Acme is Going-to  the\tMoon.") > 1200);
	CHECK_INT(score_with("going to the moon", 100, "Acme is going to a moon."), score_of("Acme is going to a moon."));
	/* the longest one counts */
	{
		Own o = own_start();

		fs_own_term(o.own, unit_text("moon"), 100);
		fs_own_term(o.own, unit_text("blue moon"), -100);
		fs_own_term(o.own, unit_text("blue"), 100);
		fs_own_finish(o.own);
		CHECK(read_own(&o, "It saw a blue moon.", FS_WANT_SCORE)->score < -1200);
		CHECK(read_own(&o, "It saw a moon.", FS_WANT_SCORE)->score > 1200);
	}
	CHECK(score_with("\xc3\x9c"
					 "berflieger",
					 100,
					 "Acme is an \xc3\xbc"
					 "berflieger.") > 1200);
}

/* The lexicon's word, or a word of its phrase, with another weight. */
static void
terms_override_the_lexicon(void)
{
	CHECK(score_of("The lawsuit was settled.") != 0);
	CHECK_INT(score_with("fraud", 0, "The fraud was in the papers."), 0);
	CHECK(score_of("The fraud was in the papers.") < 0);
	CHECK(score_with("fraud", 100, "The fraud was in the papers.") > 0);
	CHECK(score_of("Acme issued a profit warning.") < 0);
	CHECK(score_with("profit warning", 100, "Acme issued a profit warning.") > 0);
	CHECK(score_with("warning", 100, "Acme issued a profit warning.") > 0);
	CHECK(score_with("profit", -100, "Acme issued a profit warning.") < 0);
	CHECK(score_of("Fraud at Acme") < 0);
	CHECK(abs(score_with("fraud", 0, "Fraud at Acme")) < abs(score_of("Fraud at Acme")));
}

/* An amount is no word. */
static void
terms_cut_no_amount(void)
{
	Own				  o = own_start();
	const FsDocument *d;

	fs_own_term(o.own, unit_text("million"), 100);
	fs_own_term(o.own, unit_text("5 million"), 100);
	fs_own_finish(o.own);
	d = read_own(&o, "Revenue rose to $5 million.", FS_WANT_ALL);
	CHECK_INT(d->score, score_of("Revenue rose to $5 million."));
	CHECK_INT(d->nmetrics, 1);
}

/* Evidence adds up, and what the user's term carries is named. */
static void
terms_are_explained(void)
{
	static const char *const texts[] = { "Acme goes moonwards", "Profit fell, but Acme goes moonwards. Costs rose." };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		Own				  o = own_start();
		const FsDocument *d;
		int32_t			  sum = 0;
		int				  named = 0;

		fs_own_term(o.own, unit_text("moonwards"), 100);
		fs_own_finish(o.own);
		d = read_own(&o, texts[i], FS_WANT_ALL);
		for (uint32_t k = 0; k < d->nevidence; k++)
		{
			sum += d->evidence[k].weight;
			if (d->evidence[k].rule == FS_RULE_OWN)
			{
				named++;
				CHECK(d->evidence[k].weight > 0);
				CHECK_INT(d->evidence[k].span.len, 9);
			}
		}
		CHECK_INT(sum, d->score);
		CHECK_INT(named, 1);
	}
}

/* What is said of a company counts toward it. */
static void
terms_count_toward_companies(void)
{
	Own				  o = own_start();
	const FsDocument *d;

	fs_own_term(o.own, unit_text("moonwards"), 100);
	fs_own_term(o.own, unit_text("moonward bound"), -100);
	fs_own_finish(o.own);
	d = read_own(&o, "Apple goes moonwards.", FS_WANT_ALL);
	CHECK_INT(d->nlikely, 1);
	CHECK(d->companies[0].score > 1200);
	d = read_own(&o, "Apple is moonward bound.", FS_WANT_ALL);
	CHECK(d->nlikely == 1 && d->companies[0].score < -1200);
	d = read_own(&o, "Apple goes moonwards, while Boeing is moonward bound.", FS_WANT_ALL);
	CHECK(d->nlikely == 2 && d->companies[0].score > 0 && d->companies[1].score < 0);
}

/* Symbols of a text's companies, blank-separated. */
static const char *
tickers_with(const Own *o, const char *body)
{
	static char		  out[256];
	const FsDocument *d = read_own(o, body, FS_WANT_COMPANIES);

	out[0] = '\0';
	for (uint32_t i = 0; i < d->nlikely; i++)
	{
		const FsDocumentCompany *c = &d->companies[i];

		strcat(out, i > 0 ? " " : "");
		strcat(out, c->company >= 0 ? fs_known_company(&o->knowledge, c->company).ticker : c->symbol);
	}
	return out;
}

static int32_t
add_company(const Own *o, const char *ticker, const char *name, int32_t from, int32_t until)
{
	return fs_own_company(o->own, unit_text(ticker), unit_text(name), from, until);
}

static void
companies_are_found(void)
{
	static const struct
	{
		const char *text;
		const char *tickers;
	} cases[] = {
		{ "Zorbly Labs rose. Zorbly fell.", "ZRB" },
		{ "Shares of Zorbly Labs Inc. rose.", "ZRB" },
		{ "$ZRB rose.", "ZRB" },
		{ "ZRB shares rose.", "ZRB" },
		{ "(NYSE: ZRB) rose.", "ZRB" },
		{ "Zorbly Labs (ZRB) rose.", "ZRB" },
		{ "The zorb maker rose.", "ZRB" },
		{ "The Zorb Maker rose.", "ZRB" },
		{ "A zorb rose.", "" },
		{ "A glow rose.", "" },
		{ "Glow rose.", "ZRB" },
		{ "zorbly labs rose and the glow fell", "ZRB" },
		{ "Apple rose.", "FRUIT" },
		{ "Apple Hospitality REIT rose.", "APLE" },
		{ "The Cupertino giant rose.", "AAPL" },
		{ "$AAPL rose, says Tim.", "AAPL" },
		{ "Microsoft rose.", "MSFT" },
	};
	Own		o = own_start();
	int32_t zorbly = add_company(&o, "ZRB", "Zorbly Labs", FS_DAY_FIRST, FS_DAY_LAST);
	int32_t apple;

	fs_own_alias(o.own, zorbly, unit_text("zorb maker"));
	fs_own_alias(o.own, zorbly, unit_text("Glow"));
	fs_own_alias(o.own, zorbly, unit_text("?!"));
	add_company(&o, "FRUIT", "Apple", FS_DAY_FIRST, FS_DAY_LAST);
	apple = add_company(&o, "AAPL", "Apple Computer", FS_DAY_FIRST, FS_DAY_LAST);
	fs_own_alias(o.own, apple, unit_text("Cupertino giant"));
	fs_own_finish(o.own);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_STR(tickers_with(&o, cases[i].text), cases[i].tickers);
	CHECK_STR(fs_known_company(&o.knowledge, fs_company_by_symbol("AAPL", 4)).name, "Apple Computer");
	CHECK_STR(fs_known_company(&o.knowledge, fs_company_by_symbol("MSFT", 4)).name, "Microsoft");
	CHECK_STR(fs_known_company(NULL, fs_company_by_symbol("AAPL", 4)).ticker, "AAPL");
}

static void
companies_are_active_on_their_days(void)
{
	Own o = own_start();

	add_company(&o, "OLDZ", "Zorbly", FS_DAY_FIRST, 100);
	add_company(&o, "NEWZ", "Zorbly", 100, FS_DAY_LAST);
	fs_own_finish(o.own);
	o.knowledge.day = 99;
	CHECK_STR(tickers_with(&o, "Zorbly rose."), "OLDZ");
	o.knowledge.day = 100;
	CHECK_STR(tickers_with(&o, "Zorbly rose."), "NEWZ");
}

/* A workspace without rows reads as none. */
static void
empty_knowledge_changes_nothing(void)
{
	Own				  o = own_start();
	const char		 *text = "Apple rose 5% to $3 billion. Profit warning at Boeing (NYSE: BA), which fell.";
	const FsDocument *a;
	const FsDocument *b = read_own(NULL, text, FS_WANT_ALL);

	fs_own_finish(o.own);
	a = read_own(&o, text, FS_WANT_ALL);
	CHECK_INT(a->score, b->score);
	CHECK_INT(a->ncompanies, b->ncompanies);
	CHECK_INT(a->nevidence, b->nevidence);
	CHECK_INT(a->nmetrics, b->nmetrics);
}

int
main(void)
{
	RUN(terms_count_wherever_they_stand);
	RUN(terms_are_phrases);
	RUN(terms_override_the_lexicon);
	RUN(terms_cut_no_amount);
	RUN(terms_are_explained);
	RUN(terms_count_toward_companies);
	RUN(companies_are_found);
	RUN(companies_are_active_on_their_days);
	RUN(empty_knowledge_changes_nothing);
	return unit_done();
}
