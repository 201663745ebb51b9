/*
 * scan.h - level 2: a text as sentences of tokens, one pass, front to back.
 *
 * Tokens keep their place in the original text.  A word is cut at hyphens
 * ("better-than-expected" is three words, the later two FS_T_JOINED) and at a
 * possessive ("Amazon's" is "amazon" and "'s"); "n't" forms stay whole; inner
 * dots stay in initialisms ("u.s.", with its last dot) and symbols ("brk.b");
 * inner "&" stays ("s&p", "at&t").  A number is cut from letters glued to it
 * when these are a unit, scale or currency ("8.7mn", "eur0.98", "3m"), else
 * both are one word ("q1", "737max").  "0 .98" (tokenised text) is one number.
 * Mark-up (tags, comments, script and style bodies, entities) is skipped as
 * separators; &amp; and the dash entities stand for their character.
 */
#ifndef FS_SCAN_H
#define FS_SCAN_H

#include "lexicon.h"
#include "text.h"

/* A sentence holds at most this many tokens; a longer one is cut. */
#define FS_SENTENCE_TOKENS 512

/* A longer run of letters is no word in any language: kept, never looked up. */
#define FS_WORD_BYTES 64

typedef enum FsTokenKind
{
	FS_WORD,	/* letters, perhaps with digits: "revenue", "q1", "u.s." */
	FS_NUMBER,	/* digits with their separators: "1,234.5" */
	FS_PUNCT,	/* one character, in ch; dashes and quotes folded to ASCII */
	FS_SYMBOL,	/* $ % and other symbols: looked up like words */
	FS_CASHTAG, /* $AMZN: the span has the sign */
	FS_HASHTAG, /* #earnings */
	FS_HANDLE,	/* @reuters */
	FS_URL,		/* also e-mail addresses */
	FS_RIC,		/* <JNJ.N>: the span has the brackets */
} FsTokenKind;

enum FsTokenFlags
{
	FS_T_CAPITAL = 1,  /* first letter is upper case */
	FS_T_UPPER = 2,	   /* at least one letter, all upper case */
	FS_T_SPACE = 4,	   /* blank, line break or mark-up before it (or start) */
	FS_T_LINE = 8,	   /* first on its line */
	FS_T_JOINED = 16,  /* a single hyphen glues it to the token before */
	FS_T_WIDE = 32,	   /* has bytes that are not ASCII */
	FS_T_FOREIGN = 64, /* has letters of a script other than Latin */
	FS_T_DOTTED = 128, /* an initialism with its last dot: "u.s." */
};

typedef struct FsToken
{
	uint32_t start;	  /* byte in the original text */
	uint32_t hash;	  /* fs_hash of the folded bytes (0: too long) */
	uint16_t len;	  /* bytes in the original, UINT16_MAX if more */
	FsTerm	 term;	  /* lexicon word or FS_TERM_NONE; numbers FS_TERM_NUMBER */
	uint8_t	 kind;	  /* FsTokenKind */
	uint8_t	 flags;	  /* FsTokenFlags */
	uint8_t	 ch;	  /* FS_PUNCT, FS_SYMBOL: the character if ASCII, else 0 */
	uint8_t	 foldlen; /* length of the folded bytes, 0 if too long */
} FsToken;

enum FsSentenceFlags
{
	FS_S_TITLE = 1,	  /* of the title argument, not of the body */
	FS_S_HEADING = 2, /* a line of its own without a full stop */
	FS_S_PROSE = 4,	  /* ends in . or !, more than 3 tokens, no URL,
								 * cashtag, hashtag or "..." */
	FS_S_QUESTION = 8,
	FS_S_CUT = 16,		 /* cut at FS_SENTENCE_TOKENS */
	FS_S_PARAGRAPH = 32, /* first of its paragraph */
	FS_S_BULLET = 64,	 /* a list item */
	FS_S_POST = 128,	 /* of a post: a short text with a link, cashtag, hashtag or handle; never prose */
};

/* The scanned sentence; the tokens live until the next one is read. */
typedef struct FsSentence
{
	FsText	 text;	/* the whole text it is part of */
	FsSpan	 span;	/* without blanks around it */
	uint32_t index; /* from 0 */
	unsigned flags; /* FsSentenceFlags */
	int		 ntokens;
	FsToken *tokens; /* and two of no term behind them */

	const uint8_t *traits;	   /* FsTraits of the tokens, zero behind them up to a multiple of eight */
	uint64_t	   any_traits; /* of all tokens together, in some of its bytes */
	uint64_t	   starts;	   /* bits of the first 64 tokens: those of FS_TR_START */
	uint32_t	   nwords;	   /* tokens of kind FS_WORD */
} FsSentence;

/* How many of eight tokens have a trait; the second: bits of which. */
static inline uint32_t
fs_count_trait(uint64_t traits, unsigned trait)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);

	return (uint32_t) ((traits / trait & ones) * ones >> 56);
}

static inline uint64_t
fs_trait_bits(uint64_t traits, unsigned trait)
{
	return (traits / trait & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56;
}

/* Whether a token of the sentence has one of the traits. */
static inline bool
fs_has_trait(const FsSentence *sentence, uint8_t traits)
{
	return (sentence->any_traits & traits * UINT64_C(0x0101010101010101)) != 0;
}

typedef struct FsScan FsScan; /* scan.c */

/* Read text from byte start to byte end (end <= text.len). */
extern FsScan *fs_scan_start(FsArena *arena, FsText text, uint32_t start, uint32_t end);

/* The next sentence that has a token; false at the end. */
extern bool fs_scan_next(FsScan *scan, FsSentence *sentence);

/*
 * The folded bytes of a token (lower case, ASCII forms, no ignorable
 * characters), at most FS_WORD_BYTES into out; returns the length.  What was
 * hashed to token->hash.
 */
extern size_t fs_token_fold(FsText text, const FsToken *token, char *out);

/* Whether the token is a word whose folded bytes are one of a blank-separated list. */
extern bool fs_token_in(FsText text, const FsToken *token, const char *list);

/* The whole comparison that fs_token_is starts. */
extern bool fs_token_equals(FsText text, const FsToken *token, const char *folded);

/* Whether the token's folded bytes are these. */
static inline bool
fs_token_is(FsText text, const FsToken *token, const char *folded)
{
	char first = text.data[token->start];

	/* most comparisons end at the first letter (a word may start with an entity) */
	if (token->kind == FS_WORD && !(token->flags & FS_T_WIDE) && first != '&' &&
		(first >= 'A' && first <= 'Z' ? first + 32 : first) != folded[0])
		return false;
	return fs_token_equals(text, token, folded);
}

/* The classes of the token's lexicon word, 0 if it has none. */
static inline uint64_t
fs_token_classes(const FsToken *token)
{
	return token->term > FS_TERM_NUMBER ? fs_entry(token->term)->classes : 0;
}

static inline uint32_t
fs_token_end(const FsToken *token)
{
	return token->start + token->len;
}

#endif /* FS_SCAN_H */
