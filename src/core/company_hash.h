/*
 * company_hash.h - level 3: what the company tables and their generator share.
 */
#ifndef FS_COMPANY_HASH_H
#define FS_COMPANY_HASH_H

#include "company.h"
#include "hash.h"

/* What a word next to a name says; order as in FS_CONTEXT_NAMES. */
enum FsContext
{
	FS_X_AFTER = 1,			 /* after a company: "shares", "posted" */
	FS_X_STRONG = 2,		 /* the same, sure even in a headline */
	FS_X_BEFORE = 4,		 /* before it: "retailer" */
	FS_X_OF = 8,			 /* before it with of, in, at: "shares of" */
	FS_X_TITLE = 16,		 /* before a person: "Mr" */
	FS_X_LEGAL = 32,		 /* legal form: "Inc" */
	FS_X_SOFT = 64,			 /* half a legal form: "Group" */
	FS_X_ANALYST = 128,		 /* "analyst", "strategists" */
	FS_X_RATE = 256,		 /* a broker's doing: "upgraded", "target" */
	FS_X_BY = 512,			 /* "at", "by" */
	FS_X_NOTE = 1024,		 /* "said", "wrote" */
	FS_X_BACK = 2048,		 /* "the company" */
	FS_X_CRYPTO = 4096,		 /* "BTC", "SPX": a cashtag of no company */
	FS_X_ACRONYM = 8192,	 /* capitals that are no symbol: "CEO", "ALL" */
	FS_X_GIVEN = 16384,		 /* given name: "Michael" */
	FS_X_STUDY = 1 << 15,	 /* what a source gives: "data", "survey" */
	FS_X_HIRED = 1 << 16,	 /* a bank in its trade: "advisers", "underwriters" */
	FS_X_FUND = 1 << 17,	 /* ends the name of a fund or index */
	FS_X_DISCLOSE = 1 << 18, /* two of these: "The Motley Fool has positions in" */
};

#define FS_CONTEXT_NAMES                                                                                             \
	"after", "strong", "before", "of", "title", "legal", "soft", "analyst", "rate", "by", "verbnote", "back",        \
		"crypto", "acronym", "given", "study", "hired", "fund", "disclose"

/*
 * Filters, a bit or two for a hash: most words are in no table, and here a load
 * from few lines of memory says so.
 */
#define FS_CONTEXT_BIT_WORDS 2048	 /* 8 kB */
#define FS_BOILERPLATE_WORDS 16		 /* 64 bytes */
#define FS_COMPANY_FIRST_WORDS 16384 /* 64 kB */
#define FS_COMPANY_PAIR_WORDS 16384	 /* 64 kB */

extern const uint32_t fs_context_bits[FS_CONTEXT_BIT_WORDS];
extern const uint32_t fs_boilerplate_bits[FS_BOILERPLATE_WORDS];
extern const uint32_t fs_company_first[FS_COMPANY_FIRST_WORDS];
extern const uint32_t fs_company_pairs[FS_COMPANY_PAIR_WORDS];

/* Where the bits of a hash are; in their word they begin at hash % 32, those of a first word at the shift. */
static inline uint32_t
fs_context_bit_word(uint32_t hash)
{
	return hash / 32 % FS_CONTEXT_BIT_WORDS;
}

static inline uint32_t
fs_company_pair_word(uint32_t state)
{
	return state / 32 % FS_COMPANY_PAIR_WORDS;
}

static inline uint32_t
fs_company_first_word(uint32_t hash)
{
	return hash / 32 % FS_COMPANY_FIRST_WORDS;
}

static inline uint32_t
fs_company_first_shift(uint32_t hash)
{
	return hash % 16 * 2;
}

/* Whether a word may begin a name (bit 0), and be one alone (bit 1). */
static inline uint32_t
fs_company_may_begin(uint32_t hash)
{
	return fs_company_first[fs_company_first_word(hash)] >> fs_company_first_shift(hash) & 3;
}

/* Whether a word may be of class disclose, or "free": words of boilerplate. */
static inline uint32_t
fs_company_boilerplate(uint32_t hash)
{
	return fs_boilerplate_bits[hash / 32 % FS_BOILERPLATE_WORDS] >> hash % 32 & 1;
}

/* Classes of a token, 0 if none; the table's and what asks it. */
extern unsigned fs_context_of(uint32_t hash);

static inline unsigned
fs_context(const FsToken *token)
{
	return fs_context_bits[fs_context_bit_word(token->hash)] >> token->hash % 32 & 1 ? fs_context_of(token->hash) : 0;
}

/* In a state's value: the state goes on.  In a symbol's: it is a former one. */
#define FS_COMPANY_MORE UINT32_C(0x80000000)

/* State after one more word; 0 is the start and marks free slots, no state. */
static inline uint32_t
fs_company_state(uint32_t state, uint32_t hash)
{
	uint32_t next = state == 0 ? hash : fs_hash_pair(state, hash);

	return next == 0 ? 1 : next;
}

/* False if no name begins at the token: by its word, and by the next if there is no name of this word alone. */
static inline bool
fs_company_may_match(const FsSentence *sentence, int token)
{
	const FsToken *t = &sentence->tokens[token];
	uint32_t	   begin = fs_company_may_begin(t->hash);
	uint32_t	   state;

	if (begin != 1)
		return begin != 0;
	if (token + 1 >= sentence->ntokens)
		return false;
	if (t[1].kind != FS_WORD && t[1].kind != FS_NUMBER)
		return true; /* perhaps a mark that names skip */
	state = fs_company_state(fs_company_state(0, t->hash), t[1].hash);
	return fs_company_pairs[fs_company_pair_word(state)] >> state % 32 & 1;
}

/* Where the search for a key begins in an open-addressing table. */
static inline uint32_t
fs_company_slot(uint32_t key)
{
	return (key * UINT32_C(0x9E3779B1)) >> 8;
}

/*
 * The word of a name at a token: its hash and its folded bytes (room for
 * FS_WORD_BYTES + 8; *n 0 for a dot, which names skip).  "&" counts as "and",
 * "Macy ' s" as "Macy's".  Returns the tokens taken, 0 if the token belongs to
 * no name.
 */
extern int fs_name_token(const FsSentence *sentence, int token, uint32_t *hash, char *word, size_t *n);

#endif /* FS_COMPANY_HASH_H */
