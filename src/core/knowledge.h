/*
 * knowledge.h - level 3: what a reading knows beyond the compiled tables.
 *
 * A user's own terms and companies.  They are built once from rows into an
 * FsOwn, which many readings share; an FsKnowledge is the small value that a
 * reading is given: the tables, and the day as of which they are read.  A
 * reading without any (NULL) is the ordinary one, whose answer depends on the
 * text alone.
 */
#ifndef FS_KNOWLEDGE_H
#define FS_KNOWLEDGE_H

#include "company.h"

struct FsTrained;

/* Ids of a user's companies begin here; those of the compiled table are below. */
#define FS_COMPANY_OWN (1 << 24)

/* Open ends of FsOwnCompany.from and .until. */
#define FS_DAY_FIRST INT32_MIN
#define FS_DAY_LAST INT32_MAX

/* A phrase of folded words: a term, or a name of a company. */
typedef struct FsPhrase
{
	uint32_t first; /* its first token among FsOwn.tokens */
	uint16_t ntokens;
	int8_t	 weight;  /* term: polarity in hundredths */
	uint8_t	 flags;	  /* name: FsPhraseFlags */
	int32_t	 company; /* name: index into FsOwn.companies */
	int32_t	 next;	  /* phrase with the same slot, no longer than this; -1: none */
} FsPhrase;

enum FsPhraseFlags
{
	FS_PHRASE_CAPITAL = 1, /* written with a capital, and so found */
	FS_PHRASE_SYMBOL = 2,  /* the company's symbol, found in capitals */
};

typedef struct FsPhrases
{
	uint32_t  n;
	uint32_t  room;
	FsPhrase *item;
	uint32_t  mask;	 /* of slots: a power of two less one */
	int32_t	 *slots; /* by the first token's hash: the longest phrase, -1: none */
} FsPhrases;

/* A token as a text must have it. */
typedef struct FsPhraseToken
{
	uint32_t hash;
	uint32_t word; /* folded bytes in FsOwn.words */
	uint8_t	 length;
	uint8_t	 kind; /* FsTokenKind */
	uint8_t	 ch;
} FsPhraseToken;

typedef struct FsOwnCompany
{
	const char *ticker; /* terminated */
	const char *name;
	FsCompanyId compiled; /* the compiled table's listing of that symbol, -1: none */
	int32_t		from;	  /* days as the caller counts them: active from, */
	int32_t		until;	  /* and until before */
	int32_t		next;	  /* company with the same slot; -1: none */
} FsOwnCompany;

typedef struct FsOwn
{
	FsArena		  *arena; /* while it is built */
	FsPhrases	   terms;
	FsPhrases	   names;
	uint32_t	   ncompanies;
	uint32_t	   companies_room;
	FsOwnCompany  *companies;
	uint32_t	   symbols_mask;
	int32_t		  *symbols; /* by ticker: the first company, -1: none */
	uint32_t	   ntokens;
	uint32_t	   tokens_room;
	FsPhraseToken *tokens;
	FsString	   words;
} FsOwn;

typedef struct FsKnowledge
{
	uint64_t				generation; /* another one for every build: what was read with it is told apart by it */
	const FsOwn			   *own;		/* NULL: none */
	int32_t					day;		/* as of which companies are taken */
	const char			   *model;		/* name of the model that scores with it; NULL: the compiled one's */
	const struct FsTrained *trained;	/* scores sentences (trained.h); NULL: the compiled model does */
} FsKnowledge;

/*
 * Build: start, add rows, finish.  All of it lives in the arena, and copies what
 * it is given.  A term or name without a word is passed over; weight is in
 * hundredths, [-100, 100].  fs_own_company returns the index for fs_own_alias.
 */
extern FsOwn  *fs_own_start(FsArena *arena);
extern void	   fs_own_term(FsOwn *own, FsText term, int weight);
extern int32_t fs_own_company(FsOwn *own, FsText ticker, FsText name, int32_t from, int32_t until);
extern void	   fs_own_alias(FsOwn *own, int32_t company, FsText alias);
extern void	   fs_own_finish(FsOwn *own);

/* The longest term that begins at a token, NULL if none. */
extern const FsPhrase *fs_own_match_term(const FsKnowledge *knowledge, const FsSentence *sentence, int token);

/* The longest name of an active company that begins at a token, NULL if none. */
extern const FsPhrase *fs_own_match_name(const FsKnowledge *knowledge, const FsSentence *sentence, int token);

/* The id to report for a company of the user's: the compiled one's where that has the symbol. */
extern FsCompanyId fs_own_id(const FsOwn *own, int32_t company);

/* The active company of a symbol, -1 if none. */
extern FsCompanyId fs_own_by_symbol(const FsKnowledge *knowledge, const char *symbol, size_t len);

/* What is known of a company, the user's own word first; knowledge may be NULL. */
extern FsCompanyInfo fs_known_company(const FsKnowledge *knowledge, FsCompanyId id);

#endif /* FS_KNOWLEDGE_H */
