/*
 * company.c - symbols, listings, Reuters codes and names of the company table.
 */
#include "company_hash.h"
#include "unit.h"

/* The ticker reported for a symbol, "-" if it is unknown. */
static const char *
ticker_of(const char *symbol)
{
	FsCompanyId id = fs_company_by_symbol(symbol, strlen(symbol));

	return id < 0 ? "-" : fs_company_info(id).ticker;
}

/* The ticker of a symbol on an exchange, or as it would be reported. */
static const char *
listing_of(const char *exchange, const char *symbol)
{
	static char out[16];
	bool		known;

	out[0] = '\0';
	fs_company_by_listing(exchange, strlen(exchange), symbol, strlen(symbol), &known, out);
	return known ? out : "-";
}

/* The ticker of a Reuters code. */
static const char *
ric_of(const char *ric)
{
	static char out[16];
	FsCompanyId id;

	return fs_company_by_ric(ric, strlen(ric), &id, out) ? out : "-";
}

/* The company that the whole text names, "" for a plain name, "-" for none. */
static const char *
named_by(const char *text)
{
	FsText		t = unit_text(text);
	FsScan	   *scan = fs_scan_start(unit_arena(), t, 0, t.len);
	FsSentence	sentence;
	FsCompanyId id;
	unsigned	flags;
	int			n;

	if (!fs_scan_next(scan, &sentence))
		return "-";
	id = fs_company_match(&sentence, 0, &n, &flags);
	if (n == 0)
		return "-";
	return id < 0 ? "" : fs_company_info(id).ticker;
}

static void
finds_symbols_and_share_classes(void)
{
	CHECK_STR(ticker_of("AMZN"), "AMZN");
	CHECK_STR(ticker_of("BRK.B"), "BRK.B");
	CHECK_STR(ticker_of("BRK-B"), "BRK.B");
	CHECK_STR(ticker_of("BRK/B"), "BRK.B");
	CHECK_STR(ticker_of("BF.B"), "BF.B");
	CHECK_STR(ticker_of("VOD.L"), "VOD.L");
	CHECK_STR(ticker_of("7203.T"), "7203.T");
	CHECK_STR(ticker_of("RELIANCE.NS"), "RELIANCE.NS");
	CHECK_STR(ticker_of("NOVO-B.CO"), "NOVO-B.CO");
	CHECK_STR(ticker_of("ZZZZQ"), "-");
	CHECK_STR(ticker_of(""), "-");
	CHECK_STR(ticker_of("ANUNREASONABLYLONGSYMBOLTHATNOEXCHANGEHAS"), "-");
}

static void
former_symbols_give_todays_company(void)
{
	CHECK_STR(ticker_of("FB"), "META");
	CHECK_STR(ticker_of("PCLN"), "BKNG");
	CHECK_STR(ticker_of("SQ"), "XYZ");
	CHECK_STR(ticker_of("RIMM"), "BB");
	CHECK_STR(ticker_of("TWTR"), "TWTR");
	CHECK_STR(fs_company_symbol_on("FB", 2, 20240101), "META");
	CHECK_STR(fs_company_symbol_on("META", 4, 20200101), "FB");
	CHECK(fs_company_symbol_on("FB", 2, 20220608) == NULL);
	CHECK_STR(fs_company_symbol_on("FB", 2, 20220609), "META");
	CHECK(fs_company_symbol_on("AMZN", 4, 20200101) == NULL);
	/* two changes in a row */
	CHECK_STR(ticker_of("WLP"), "ELV");
	CHECK_STR(fs_company_symbol_on("BB", 2, 20100101), "RIMM");
	CHECK_STR(fs_company_symbol_on("RIMM", 4, 20150101), "BBRY");
	CHECK_STR(fs_company_symbol_on("BBRY", 4, 20190101), "BB");
	/* of merged companies one lives on */
	CHECK_STR(fs_company_symbol_on("RTN", 3, 20240101), "RTX");
	CHECK_STR(fs_company_symbol_on("RTX", 3, 20190101), "UTX");
}

static void
exchanges_give_suffixes(void)
{
	CHECK_STR(listing_of("NYSE", "CCL"), "CCL");
	CHECK_STR(listing_of("NasdaqGS", "AAPL"), "AAPL");
	CHECK_STR(listing_of("NYSE", "BRK-B"), "BRK.B");
	CHECK_STR(listing_of("LON", "VOD"), "VOD.L");
	CHECK_STR(listing_of("TSE", "7203"), "7203.T");
	CHECK_STR(listing_of("TSE", "RY"), "RY.TO");
	CHECK_STR(listing_of("HKG", "5"), "0005.HK");
	CHECK_STR(listing_of("NYSE", "ZZZZQ"), "ZZZZQ");
	CHECK_STR(listing_of("MOON", "CCL"), "-");
}

static void
reuters_codes_fold_to_our_suffixes(void)
{
	CHECK_STR(ric_of("JNJ.N"), "JNJ");
	CHECK_STR(ric_of("AAPL.OQ"), "AAPL");
	CHECK_STR(ric_of("VOD.L"), "VOD.L");
	CHECK_STR(ric_of("7203.T"), "7203.T");
	CHECK_STR(ric_of("U.X"), "-");
	CHECK_STR(ric_of(".SPX"), "-");
	CHECK_STR(ric_of("AAPL"), "-");
}

static void
a_listing_knows_its_issuer(void)
{
	FsCompanyId home = fs_company_by_symbol("VOD.L", 5);
	FsCompanyId us = fs_company_by_symbol("VOD", 3);

	CHECK_INT(fs_company_issuer(home), us);
	CHECK_INT(fs_company_issuer(us), us);
	CHECK_INT(fs_company_issuer(-1), -1);
	CHECK_STR(fs_company_info(us).exchange, "Nasdaq");
	CHECK_STR(fs_company_info(home).exchange, "London");
	CHECK_INT(fs_company_info(fs_company_by_symbol("AAPL", 4)).cik, 320193);
	CHECK(fs_company_large(us));
}

static void
names_match_longest_and_whole(void)
{
	CHECK_STR(named_by("Apple"), "AAPL");
	CHECK_STR(named_by("Bank of America"), "BAC");
	CHECK_STR(named_by("Procter & Gamble"), "PG");
	CHECK_STR(named_by("Procter and Gamble"), "PG");
	CHECK_STR(named_by("Coca-Cola"), "KO");
	CHECK_STR(named_by("McDonald's"), "MCD");
	CHECK_STR(named_by("McDonald 's"), "MCD");
	CHECK_STR(named_by("Yum! Brands"), "YUM");
	CHECK_STR(named_by("J.P. Morgan"), "JPM");
	CHECK_STR(named_by("3M"), "MMM");
	CHECK_STR(named_by("737 MAX"), "BA");
	CHECK_STR(named_by("L\xC3\xA9vi-Strauss"), "-");
	CHECK_STR(named_by("Nestl\xC3\xA9"), "NESN.SW");
	CHECK_STR(named_by("GE Vernova"), "GEV");
	CHECK_STR(named_by("Dow Jones"), "");
	CHECK_STR(named_by("apple pie"), "");
	CHECK_STR(named_by("Appleton"), "-");
}

/* Every name of the table finds its own company when the scanner reads it. */
static void
every_name_is_found_again(void)
{
	int lost = 0;

	for (uint32_t i = 0; i < fs_company_name_count(); i++)
	{
		FsCompanyId company;
		unsigned	flags;
		const char *name = fs_company_name(i, &company, &flags);
		FsText		t = { name, (uint32_t) strlen(name) };
		FsScan	   *scan = fs_scan_start(unit_arena(), t, 0, t.len);
		FsSentence	sentence;
		int			n = 0;

		if (company >= 0 && company != fs_company_issuer(company))
			lost++;
		if (!fs_scan_next(scan, &sentence) || fs_span_end(sentence.span) != t.len)
			continue; /* read as two sentences when it stands alone */
		if (fs_company_match(&sentence, 0, &n, &flags) != company || n == 0)
			lost++;
	}
	CHECK(lost <= (int) fs_company_name_count() / 100);
}

static void
every_symbol_finds_its_listing(void)
{
	int lost = 0;

	for (uint32_t i = 0; i < fs_company_count(); i++)
	{
		const char *ticker = fs_company_info((FsCompanyId) i).ticker;

		if (*ticker && fs_company_by_symbol(ticker, strlen(ticker)) != (FsCompanyId) i)
			lost++;
	}
	CHECK_INT(lost, 0);
}

int
main(void)
{
	RUN(finds_symbols_and_share_classes);
	RUN(former_symbols_give_todays_company);
	RUN(exchanges_give_suffixes);
	RUN(reuters_codes_fold_to_our_suffixes);
	RUN(a_listing_knows_its_issuer);
	RUN(names_match_longest_and_whole);
	RUN(every_name_is_found_again);
	RUN(every_symbol_finds_its_listing);
	return unit_done();
}
