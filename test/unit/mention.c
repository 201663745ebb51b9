/*
 * mention.c - who is named, how surely, and what only looks like a name.
 */
#include "mention.h"
#include "unit.h"

/*
 * The mentions of a text, "TICKER/kind" each, those under confidence 50 with a
 * question mark, those only quoted with a star.
 */
static const char *
mentions(const char *text)
{
	static const char *const kinds[] = { "cashtag", "exchange", "ric", "full", "short", "alias", "symbol", "back" };
	static char				 out[4096];
	FsMention				 found[FS_MENTIONS_MAX];
	uint8_t					 named[FS_SENTENCE_TOKENS];
	FsText					 t = unit_text(text);
	FsScan					*scan = fs_scan_start(unit_arena(), t, 0, t.len);
	FsMentionState			*state = fs_mentions_start(unit_arena(), NULL);
	FsSentence				 sentence;
	size_t					 n = 0;

	out[0] = '\0';
	while (fs_scan_next(scan, &sentence))
	{
		int count = fs_mentions_find(state, &sentence, found, named);

		for (int i = 0; i < count; i++)
		{
			const char *ticker = found[i].company >= 0 ? fs_company_info(found[i].company).ticker : found[i].symbol;

			n += (size_t) snprintf(out + n, sizeof out - n, "%s%s/%s%s%s", n ? " " : "", ticker, kinds[found[i].kind],
								   found[i].confidence < 50 ? "?" : "", found[i].as_source ? "*" : "");
			CHECK(fs_span_end(found[i].span) <= t.len);
			CHECK_INT(named[found[i].token], found[i].ntokens);
		}
	}
	return out;
}

static void
reads_symbols_in_every_dress(void)
{
	CHECK_STR(mentions("$AMZN and $BRK.B rose"), "AMZN/cashtag BRK.B/cashtag");
	CHECK_STR(mentions("$ZZQQ rose"), "ZZQQ/cashtag");
	CHECK_STR(mentions("The operator (NYSE: CCL; LON: CCL) sailed"), "CCL/exchange CCL/exchange");
	CHECK_STR(mentions("The group (NASDAQ: GOOGL, GOOG) grew"), "GOOGL/exchange GOOGL/exchange");
	CHECK_STR(mentions("LON:VOD was up"), "VOD.L/exchange");
	CHECK_STR(mentions("Johnson & Johnson <JNJ.N> gained"), "JNJ/short JNJ/ric");
	CHECK_STR(mentions("Boeing BA.N gained"), "BA/short BA/ric");
	CHECK_STR(mentions("Toyota ( 7203.T ) gained"), "TM/short 7203.T/exchange");
	CHECK_STR(mentions("Lufthansa (LHAG.DE) flies"), "LHA.DE/short LHA.DE/exchange");
	CHECK_STR(mentions("Apple ( AAPL ) fell"), "AAPL/short AAPL/exchange");
	CHECK_STR(mentions("He bought shares of AMZN on Monday"), "AMZN/symbol");
	CHECK_STR(mentions("Indices <.SPX> and crude <LCOc1> fell"), "");
	CHECK_STR(mentions("Unheard Widgets Inc. (UWDG) fell"), "UWDG/exchange");
}

static void
capitals_that_are_words_are_no_symbols(void)
{
	CHECK_STR(mentions("ALL eyes were ON the FED, and IT spending, NOW."), "");
	CHECK_STR(mentions("The CEO said EPS and GDP matter for an IPO, an ETF and the FDA."), "");
	CHECK_STR(mentions("Earnings per share (EPS) rose and artificial intelligence (AI) helped"), "");
	CHECK_STR(mentions("A free trade agreement (FTA) was signed"), "");
	CHECK_STR(mentions("SELL EVERYTHING NOW BEFORE IT IS TOO LATE"), "");
	CHECK_STR(mentions("$ALL beats"), "ALL/cashtag");
	CHECK_STR(mentions("Gartner Inc (IT) rose"), "IT/full IT/exchange");
	CHECK_STR(mentions("It costs $USD 5"), "");
	CHECK_STR(mentions("$BTC fell"), "");
}

/* Every symbol that is a word, in sentences without a company. */
static void
words_in_capitals_are_no_symbols(void)
{
	static const char *const words[] = {
		"ALL",	"IT",	"ON",  "NOW",  "CAT", "A",	  "ARE",  "KEY",  "LOW",  "BIG",  "FAST", "OPEN", "REAL",
		"LOVE", "AI",	"CEO", "USA",  "EPS", "GDP",  "IPO",  "ETF",  "FDA",  "CAN",  "FOR",  "SO",	  "HAS",
		"BE",	"OR",	"AN",  "GO",   "OUT", "CASH", "COST", "PLAY", "TRUE", "WELL", "NEXT", "GOOD", "HOME",
		"LIFE", "CARE", "EAT", "RUN",  "SEE", "TWO",  "ONE",  "NEW",  "ANY",  "BY",	  "DAY",  "EVER", "FUN",
		"GAIN", "HE",	"JOB", "LAND", "MAN", "NICE", "PEAK", "PLAN", "POST", "SAFE", "STEP", "TELL"
	};
	static const char *const places[] = { "%s of it was new.", "They said that %s rose.", "Prices, %s, fell by 3%%.",
										  "Is %s a buy?", "Markets: %s" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (size_t k = 0; k < sizeof places / sizeof *places; k++)
		{
			char text[100];

			snprintf(text, sizeof text, places[k], words[i]);
			CHECK_STR(mentions(text), "");
		}
}

static void
names_that_are_words_need_company(void)
{
	CHECK_STR(mentions("The target of the plan is growth."), "");
	CHECK_STR(mentions("Target of the plan is growth."), "");
	CHECK_STR(mentions("Target shares rose."), "TGT/short");
	CHECK_STR(mentions("Sales at Target rose in May."), "TGT/short");
	CHECK_STR(mentions("Target Hit As Hopes Fade Again"), "");
	CHECK_STR(mentions("The Gap Between Rich And Poor Widens"), "");
	CHECK_STR(mentions("Gap Inc. opened stores. Gap has many."), "GAP/full GAP/short");
	CHECK_STR(mentions("The visa rules were changed."), "");
	CHECK_STR(mentions("A meta-analysis found nothing; Meta-analysis is slow."), "");
	CHECK_STR(mentions("We ate apple pie. Apple pie is good."), "");
	CHECK_STR(mentions("The best buy is cash."), "");
	CHECK_STR(mentions("Harrison Ford and Mr. Ford met at the Ford Foundation."), "");
	CHECK_STR(mentions("Michael Dell spoke."), "");
	CHECK_STR(mentions("He lives in Fargo, near Wells."), "");
	CHECK_STR(mentions("The Dow Jones Industrial Average and the Nasdaq fell."), "");
	CHECK_STR(mentions("GE Vernova won an order."), "GEV/short");
}

static void
second_mentions_find_their_company(void)
{
	CHECK_STR(mentions("Carnival Corporation sails. The company grew. Carnival has ships."),
			  "CCL/full CCL/back CCL/short");
	CHECK_STR(mentions("Caesars Entertainment lost. Caesars said so."), "CZR/short CZR/short");
	CHECK_STR(mentions("GE Vernova won. GEV rose."), "GEV/short GEV/symbol");
	CHECK_STR(mentions("The company grew."), "");
}

static void
name_and_symbol_confirm_each_other(void)
{
	CHECK_STR(mentions("Carnival Sails Again. CCL was higher."), "CCL/symbol");
	CHECK_STR(mentions("CCL was higher. Carnival sails again."), "CCL/short");
	CHECK_STR(mentions("Carnival in Rio was fun."), "");
	CHECK_STR(mentions("CCL was higher."), "");
	/* no word confirms itself, and words are no symbols */
	CHECK_STR(mentions("Nov 5: NOV was higher."), "");
	CHECK_STR(mentions("BRK-B and BF.B rose."), "BRK.B/ric BF.B/ric");
}

static void
who_is_only_quoted_is_a_source(void)
{
	CHECK_STR(mentions("Nvidia rose, said analysts at Citi."), "NVDA/short C/short?*");
	CHECK_STR(mentions("Nvidia was upgraded by Morgan Stanley's team."), "NVDA/short MS/short?*");
	CHECK_STR(mentions("Goldman Sachs said in a note that Nvidia may rise."), "GS/short?* NVDA/short");
	CHECK_STR(mentions("Goldman Sachs raised its dividend."), "GS/short");
	CHECK_STR(mentions("The Motley Fool has positions in and recommends Apple."), "AAPL/short?*");
	CHECK_STR(mentions("Invesco Large Cap Value ETF rose."), "");
}

static void
a_text_in_small_letters_is_read_too(void)
{
	CHECK_STR(mentions("bank of america beats and nvidia jumps"), "BAC/short NVDA/short");
	CHECK_STR(mentions("the target is to block a gap"), "");
}

/* A million symbols, brackets or names cost no more each than ten. */
static void
hostile_texts_stay_linear(void)
{
	static const char *const pieces[] = { "$ZQ",  "((((",	  "(NYSE: ", "Bank of New York ",
										  "The ", "A.B.C.D ", "Target ", "<A.N>" };
	FsMention				 found[FS_MENTIONS_MAX];
	uint8_t					 named[FS_SENTENCE_TOKENS];

	for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
	{
		size_t			len = 400000;
		char		   *data = unit_alloc(NULL, len);
		FsText			t = { data, (uint32_t) len };
		FsScan		   *scan;
		FsMentionState *state = fs_mentions_start(unit_arena(), NULL);
		FsSentence		sentence;

		for (size_t i = 0; i < len; i++)
			data[i] = pieces[k][i % strlen(pieces[k])];
		scan = fs_scan_start(unit_arena(), t, 0, t.len);
		while (fs_scan_next(scan, &sentence))
			CHECK(fs_mentions_find(state, &sentence, found, named) <= FS_MENTIONS_MAX);
	}
}

int
main(void)
{
	RUN(reads_symbols_in_every_dress);
	RUN(capitals_that_are_words_are_no_symbols);
	RUN(words_in_capitals_are_no_symbols);
	RUN(names_that_are_words_need_company);
	RUN(second_mentions_find_their_company);
	RUN(name_and_symbol_confirm_each_other);
	RUN(who_is_only_quoted_is_a_source);
	RUN(a_text_in_small_letters_is_read_too);
	RUN(hostile_texts_stay_linear);
	return unit_done();
}
