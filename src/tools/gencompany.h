/*
 * gencompany.h - what the reading and the writing half of gencompany share.
 */
#ifndef GENCOMPANY_H
#define GENCOMPANY_H

#include "company_hash.h"
#include "scan.h"

/* A listing; strings are offsets into the pool. */
typedef struct Company
{
	char	*ticker;
	uint32_t ticker_off;
	uint32_t name_off;
	uint32_t isin_off;
	uint32_t cik;
	int32_t	 issuer;
	uint8_t	 exchange;
	uint8_t	 large;
	char	 country[3];
} Company;

typedef struct Name
{
	char	*text; /* folded words, one blank between */
	uint32_t hashes[16];
	int		 n;
	int32_t	 company;
	unsigned flags;
	uint32_t off;
} Name;

typedef struct Former
{
	uint32_t old_off;
	uint32_t new_off;
	int32_t	 changed;
	int32_t	 company;
} Former;

extern Company	  *companies;
extern int		   ncompanies;
extern Name		  *names;
extern int		   nnames;
extern const char *exchanges[64];
extern int		   nexchanges;
extern Former	   formers[1024];
extern int		   nformers;
extern uint32_t	   context_hash[4096];
extern uint32_t	   context_bits[4096];
extern int		   ncontext;

/* Strings in the order of their first use. */
extern char	  **pool;
extern int		npool;
extern uint32_t pool_size;

/* Offset of a string in the pool, added once. */
extern uint32_t intern(const char *s);

/* Zeroed memory, or the end. */
extern void *grab(void *ctx, size_t size);

extern void write_names(const char *dir);
extern void write_context(const char *dir);
extern void write_companies(const char *dir);
extern void write_pool(const char *dir);

#endif /* GENCOMPANY_H */
