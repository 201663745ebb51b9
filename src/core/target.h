/*
 * target.h - level 7: sentiment toward one thing that a sentence names.
 */
#ifndef FS_TARGET_H
#define FS_TARGET_H

#include "mention.h"
#include "sentiment.h"

#define FS_TARGET_WORDS 32 /* a longer name is matched by its beginning */

/* A thing that is asked for by name. */
typedef struct FsTarget
{
	FsText		text;
	int			nwords;
	FsToken		words[FS_TARGET_WORDS];
	FsCompanyId company; /* if the whole name is a company's, else -1 */
} FsTarget;

/* Read the name; false if it has no word. */
extern bool fs_target_init(FsArena *arena, FsText text, FsTarget *target);

/*
 * The next place at or after a token where the sentence names the target:
 * its words ignoring case, its symbol as a cashtag, or a mention of the same
 * company.  Returns the number of tokens, 0 if there is none.
 */
extern int fs_target_find(const FsTarget *target, const FsSentence *sentence, const FsMention *mentions,
						  int nmentions, int from, int *at);

/* Mark n tokens as one name, in place of the names that they overlap (see fs_parse_sentence). */
extern void fs_target_mark(uint8_t *named, int at, int n);

/* Sentiment of the sentence toward the thing at a unit. */
extern FsSentiment fs_sentiment_toward(FsView *view, int unit);

#endif /* FS_TARGET_H */
