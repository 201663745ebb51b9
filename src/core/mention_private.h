/*
 * mention_private.h - level 4: what the files of the mention finder share.
 *
 * mention.c drives, mention_symbol.c reads symbols, mention_name.c judges names.
 */
#ifndef FS_MENTION_PRIVATE_H
#define FS_MENTION_PRIVATE_H

#include "company_hash.h"
#include "mention.h"

/* A company that the document has named, in an open-addressing table. */
typedef struct Seen
{
	uint32_t	key;	   /* of issuer, unknown symbol or doubt; 0: free */
	uint32_t	doubt;	   /* of a doubt: the word's hash, 0: several words */
	FsCompanyId reported;  /* listing to report: the first that the text gave, else the issuer */
	bool		source;	   /* only quoted so far */
	bool		by_symbol; /* the text gave a symbol: reported is settled */
} Seen;

/* The first word of a longer name, to find "Caesars" after "Caesars Entertainment". */
typedef struct Short
{
	uint32_t	hash;	 /* 0: free */
	FsCompanyId company; /* -1: two companies begin so */
} Short;

struct FsMentionState
{
	FsArena			  *arena;
	const FsKnowledge *knowledge; /* NULL: none */
	Seen			  *seen;
	uint32_t		   seen_room; /* power of two, 0: none yet */
	uint32_t		   seen_count;
	uint32_t		   doubts; /* of them, doubts */
	Short			  *shorts;
	uint32_t		   shorts_room;
	uint32_t		   shorts_count;
	FsCompanyId		   subject;			   /* what "the company" means, -1: nothing known */
	char			   subject_symbol[16]; /* subject -1: its symbol, "" if none */
	uint32_t		   the;				   /* hash of "the" */
	bool			   capitals;		   /* the text has capital letters */
};

/* One sentence's work. */
typedef struct Finder
{
	FsMentionState	 *state;
	const FsSentence *sentence;
	FsMention		 *out;
	uint8_t			 *named;
	int				  n;
	int				  done;		  /* tokens before it are mentions or passed */
	int				  first_verb; /* -1: not looked for yet */
	int8_t			  title_case; /* -1: not looked at yet; most words are capitalised */
	int8_t			  all_upper;
} Finder;

static inline const FsToken *
token_at(const Finder *f, int i)
{
	static const FsToken none = { .kind = FS_PUNCT };

	return i >= 0 && i < f->sentence->ntokens ? &f->sentence->tokens[i] : &none;
}

static inline bool
is_mark(const Finder *f, int i, char c)
{
	const FsToken *t = token_at(f, i);

	return t->kind == FS_PUNCT && t->ch == (uint8_t) c;
}

/* Classes of the token at i, 0 outside the sentence. */
static inline unsigned
context_at(const Finder *f, int i)
{
	const FsToken *t = token_at(f, i);

	return t->kind == FS_WORD ? fs_context(t) : 0;
}

/* A capitalised word. */
static inline bool
is_capital(const Finder *f, int i)
{
	const FsToken *t = token_at(f, i);

	return t->kind == FS_WORD && (t->flags & FS_T_CAPITAL) != 0;
}

/* mention.c */

/* Add a mention of ntokens at token; symbol is for company -1.  Marks the company as seen. */
extern void fs_mention_add(Finder *f, int token, int ntokens, FsCompanyId company, const char *symbol,
						   FsMentionKind kind, int confidence, bool as_source);

/* Whether the document has named the company (any listing of it). */
extern bool fs_mention_seen(const FsMentionState *state, FsCompanyId company);

/*
 * Doubtful readings.  A name that is a word ("Carnival") and the company's bare
 * symbol ("CCL") are each passed over alone, but confirm each other.  hash is
 * that of the word, 0 for a name of several: no word confirms itself.
 */
extern void fs_mention_doubt(FsMentionState *state, FsCompanyId company, bool by_symbol, uint32_t hash);
extern bool fs_mention_doubted(const FsMentionState *state, FsCompanyId company, bool by_symbol, uint32_t hash);

/* Whether it was only quoted so far. */
extern bool fs_mention_quoted(const FsMentionState *state, FsCompanyId company);

/* Look at the sentence's letters once. */
extern void fs_mention_profile(Finder *f);

/* mention_symbol.c: each tries at token i and returns the token to go on from, 0 if nothing is there. */
extern int fs_mention_cashtag(Finder *f, int i);
extern int fs_mention_ric(Finder *f, int i);
extern int fs_mention_bracket(Finder *f, int i);
extern int fs_mention_exchange(Finder *f, int i);
extern int fs_mention_bare(Finder *f, int i);

/* The company of a symbol in brackets at token i ("(AAPL)", "(NYSE: F)"), -1 if none. */
extern FsCompanyId fs_mention_peek(const Finder *f, int i);

/* mention_name.c */
extern int fs_mention_name(Finder *f, int i);
extern int fs_mention_own(Finder *f, int i, bool capitals);
extern int fs_mention_back(Finder *f, int i);

#endif /* FS_MENTION_PRIVATE_H */
