/*
 * company.h - level 3: the compiled-in table of companies, by symbol and name.
 *
 * Generated from src/data/company into tables/company*.inc by
 * src/tools/gencompany.c; static and without relocations, so that all backends
 * share its pages.  Names and aliases are matched as sequences of token
 * hashes, verified byte by byte.
 *
 * A company is an issuer; a listing is one of its symbols.  Both have an
 * FsCompanyId: that of the issuer is its primary listing, the one reported when
 * the text gives a name.  A text that gives another symbol ("LON: VOD" for VOD)
 * gets that listing, whose issuer says that both are one company.
 */
#ifndef FS_COMPANY_H
#define FS_COMPANY_H

#include "scan.h"

typedef int32_t FsCompanyId; /* -1: none */

typedef struct FsCompanyInfo
{
	const char *ticker;	  /* as reported: "AMZN", "BRK.B", "VOD.L", "7203.T";
								 * "" for a company without a symbol */
	const char *name;	  /* display name */
	const char *exchange; /* "NYSE", "Nasdaq", "London", ..., "" if unlisted */
	const char *country;  /* ISO 3166 alpha-2, "" if unknown */
	const char *isin;	  /* "" if unknown */
	uint32_t	cik;	  /* SEC's number, 0 if none */
	FsCompanyId issuer;	  /* itself for a primary listing */
} FsCompanyInfo;

enum FsNameFlags
{
	FS_N_FULL = 1,	  /* full legal name: a legal form follows ("Inc.") */
	FS_N_SHORT = 2,	  /* short name ("Amazon") */
	FS_N_ALIAS = 4,	  /* brand, product, subsidiary, nickname */
	FS_N_WORD = 8,	  /* also ordinary words (Target, Gap, Visa): needs context */
	FS_N_PLAIN = 16,  /* no company: index, commodity, crypto-asset, agency;
								 * keeps its words from other readings */
	FS_N_SOURCE = 32, /* broker, bank or agency that is often only quoted */
	FS_N_WEAK = 64,	  /* little known or ambiguous: only with its legal form or
								 * when the text names the company otherwise */
	FS_N_LARGE = 128, /* a large company: its bare symbol is likely meant */
};

/* Listings, numbered from 0; those without issuer of their own included. */
extern uint32_t		 fs_company_count(void);
extern FsCompanyInfo fs_company_info(FsCompanyId id); /* all empty if it is not of the table */

/* The company's primary listing; itself for most, and for an id that is not of the table. */
extern FsCompanyId fs_company_issuer(FsCompanyId id);

/* Whether it is a large company (FS_N_LARGE), whose bare symbol readers know. */
extern bool fs_company_large(FsCompanyId id);

/* All names, for listing them: folded, words separated by one blank. */
extern uint32_t	   fs_company_name_count(void);
extern const char *fs_company_name(uint32_t n, FsCompanyId *company, unsigned *flags);

/*
 * By symbol, upper case: "AMZN", "BRK.B" or "BRK-B", "VOD.L"; former symbols
 * give today's company.  -1 if unknown.
 */
extern FsCompanyId fs_company_by_symbol(const char *symbol, size_t len);

/*
 * A symbol on a named exchange: ("LON", "VOD") gives VOD.L.  -1 if the table
 * does not have it; *known tells whether the exchange is known, and out (room
 * for 16, may be NULL) receives the symbol as it is reported, suffix included.
 */
extern FsCompanyId fs_company_by_listing(const char *exchange, size_t exchange_len, const char *symbol,
										 size_t symbol_len, bool *known, char *out);

/*
 * A Reuters code, "JNJ.N", "LHAG.DE", "7203.T": its exchange suffix folded to
 * ours.  false if the suffix is no exchange's; *id is -1 if the table does not
 * have it, and out (room for 16) receives the symbol as it is reported.
 */
extern bool fs_company_by_ric(const char *ric, size_t len, FsCompanyId *id, char *out);

/*
 * What a symbol was on a date, or is today: symbols change.  date is
 * year * 10000 + month * 100 + day.  NULL if the symbol never changed (it is
 * then its own answer).
 */
extern const char *fs_company_symbol_on(const char *symbol, size_t len, int32_t date);

/*
 * The longest name or alias that starts at the token; *ntokens and *flags
 * (FsNameFlags) describe it.  *ntokens is 0 if there is none; a name that is no
 * company's (FS_N_PLAIN) gives -1 with *ntokens > 0.  A token that starts no
 * name costs one probe of a bit set.
 */
extern FsCompanyId fs_company_match(const FsSentence *sentence, int token, int *ntokens, unsigned *flags);

#endif /* FS_COMPANY_H */
