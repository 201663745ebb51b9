/*
 * target.h - level 6: sentiment toward one thing that a sentence names.
 */
#ifndef FS_TARGET_H
#define FS_TARGET_H

#include "sentiment.h"

/* Sentiment of a sentence toward the thing at a unit (FS_U_NAME or any other). */
extern FsSentiment fs_sentiment_toward(const FsParse *parse, const FsEvent *events, int nevents, int unit);

/*
 * Tokens of the first occurrence of the target at or after a token, ignoring
 * case, at word boundaries and with a possessive allowed behind it; 0 if there
 * is none.  words are the target's tokens.
 */
extern int	fs_find_target(const FsSentence *sentence, int from, FsText target, const FsToken *words, int nwords,
						   int *at);

#endif							/* FS_TARGET_H */
