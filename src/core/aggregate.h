/*
 * aggregate.h - level 8: from sentences to the document.
 *
 * document.c feeds it sentence by sentence; fs_aggregate_finish fills the
 * document's score, probabilities, confidence and companies, and turns the
 * evidence's event weights into shares of the score.
 */
#ifndef FS_AGGREGATE_H
#define FS_AGGREGATE_H

#include "document.h"

typedef struct FsAggregate FsAggregate;

extern FsAggregate *fs_aggregate_start(FsArena *arena, FsDocument *document);

/* Begin a sentence: count it, and its words of languages read and not read. */
extern void fs_aggregate_language(FsAggregate *aggregate, const FsSentence *sentence);

/* Weigh a scored sentence. */
extern void fs_aggregate_sentence(FsAggregate *aggregate, uint32_t index, const FsSentiment *sentiment,
								  const FsParse *parse);

/* Count the last sentence's mentions; scores (one each, may be NULL) are toward them. */
extern void fs_aggregate_mentions(FsAggregate *aggregate, const FsMention *mentions, int n, const int32_t *scores);

extern void fs_aggregate_finish(FsAggregate *aggregate);

/* The company whose mention stands nearest to an event in its clause, else in the sentence; -1 if none. */
extern FsCompanyId fs_nearest_company(const FsParse *parse, const FsEvent *event, const FsMention *mentions,
									  const uint16_t *units, int n);

#endif /* FS_AGGREGATE_H */
