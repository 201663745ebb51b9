/*
 * mention.h - level 4: where a sentence names companies.
 *
 * Evidence kinds in falling order of trust: cashtag, exchange notation
 * "(NYSE: CCL)", RIC, full name, short name, alias, bare symbol with context.
 */
#ifndef FS_MENTION_H
#define FS_MENTION_H

#include "knowledge.h"

typedef enum FsMentionKind
{
	FS_M_CASHTAG,
	FS_M_EXCHANGE,
	FS_M_RIC,
	FS_M_FULL,
	FS_M_SHORT,
	FS_M_ALIAS,
	FS_M_SYMBOL,
	FS_M_BACK /* "the company" */
} FsMentionKind;

typedef struct FsMention
{
	FsCompanyId company;	/* -1: a symbol that the table does not know (see symbol) */
	char		symbol[16]; /* company -1: the symbol as written, folded to upper
								 * case and today's form, terminated */
	uint16_t	token;		/* first token in its sentence */
	uint16_t	ntokens;
	uint32_t	sentence;	/* index of the sentence */
	FsSpan		span;		/* in its text (title or body: see in_title) */
	uint8_t		kind;		/* FsMentionKind */
	uint8_t		confidence; /* percent; below 50: a bank or agency only quoted */
	bool		in_title;
	bool		as_source; /* only quoted: "analysts at Citi said" */
	bool		subject;   /* stands before the sentence's first verb */
} FsMention;

#define FS_MENTIONS_MAX 128 /* a sentence's further mentions are dropped */

/* What earlier sentences established: resolves second mentions. */
typedef struct FsMentionState FsMentionState;

/* knowledge is the user's companies, NULL for none. */
extern FsMentionState *fs_mentions_start(FsArena *arena, const FsKnowledge *knowledge);

/*
 * Mentions of a sentence in order, into out; returns the number.  named (one
 * byte a token, cleared by the callee, room for FS_SENTENCE_TOKENS) receives at
 * a mention's first token the number of its tokens, for fs_parse_sentence; so do
 * names that are no company's ("Dow Jones", "apple pie"), which give no mention.
 */
extern int fs_mentions_find(FsMentionState *state, const FsSentence *sentence, FsMention out[FS_MENTIONS_MAX],
							uint8_t *named);

#endif /* FS_MENTION_H */
