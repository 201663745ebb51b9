/*
 * company.h - level 3: the compiled-in table of companies, by symbol and name.
 *
 * Generated from src/data/company into tables/company.inc; static, shared by
 * all backends.  Names and aliases are matched as sequences of token hashes,
 * verified byte by byte.
 */
#ifndef FS_COMPANY_H
#define FS_COMPANY_H

#include "scan.h"

typedef int32_t FsCompanyId;	/* -1: none */

typedef struct FsCompanyInfo
{
	const char *ticker;			/* as reported: "AMZN", "BRK.B", "VOD.L", "7203.T" */
	const char *name;			/* display name */
	const char *exchange;		/* "NYSE", "Nasdaq", "London", ... */
	const char *country;		/* ISO 3166 alpha-2, "" if unknown */
} FsCompanyInfo;

enum FsNameFlags
{
	FS_N_FULL = 1,				/* full legal name */
	FS_N_SHORT = 2,				/* short name ("Amazon") */
	FS_N_ALIAS = 4,				/* brand, product, subsidiary, nickname */
	FS_N_WORD = 8,				/* also an ordinary word (Target, Gap, Visa): needs context */
	FS_N_PLAIN = 16,			/* no company: index, commodity, crypto-asset, agency;
								 * keeps its words from other readings */
	FS_N_SOURCE = 32,			/* broker, bank or agency that is often only quoted */
};

extern uint32_t fs_company_count(void);
extern FsCompanyInfo fs_company_info(FsCompanyId id);

/*
 * By symbol, upper case: "AMZN", "BRK.B" or "BRK-B", "VOD.L"; former symbols
 * give today's company.  -1 if unknown.
 */
extern FsCompanyId fs_company_by_symbol(const char *symbol, size_t len);

/* A symbol on a named exchange: ("LON", "VOD") gives VOD.L. */
extern FsCompanyId fs_company_by_listing(const char *exchange, size_t exchange_len,
										 const char *symbol, size_t symbol_len);

/*
 * The longest name or alias that starts at the token; *ntokens and *flags
 * (FsNameFlags) describe it.  -1 if none.  A token that starts no name costs
 * one probe of a bit set.
 */
extern FsCompanyId fs_company_match(const FsSentence *sentence, int token, int *ntokens, unsigned *flags);

#endif							/* FS_COMPANY_H */
