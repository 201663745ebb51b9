/*
 * digest.h - level 5: what a summary needs of the sentences of a text.
 *
 * Made while the document is read, so that a summary need not scan again.
 */
#ifndef FS_DIGEST_H
#define FS_DIGEST_H

#include "mention.h"

#define FS_DIGEST_TITLE 64 /* words of the title that are kept */

typedef struct FsDigestSentence
{
	uint32_t sentence; /* index in the document */
	uint32_t start;	   /* byte it starts at, a dateline or a headline glued to it left out */
	uint32_t first;	   /* its words in the pool */
	uint32_t nwords;
	uint16_t tokens;	  /* words and numbers from start */
	bool	 ahead;		  /* speaks of what will be */
	bool	 boilerplate; /* about the page or the paper, not about the news */
	bool	 quote;
} FsDigestSentence;

typedef struct FsDigest
{
	FsDigestSentence *sentences; /* of the body, in order */
	uint32_t		  n;
	uint32_t		  room;
	uint32_t		 *words; /* pool: hashes of the words that say something */
	uint32_t		  nwords;
	uint32_t		  words_room;
	uint32_t		  title[FS_DIGEST_TITLE]; /* hashes of the title's, else of the first sentence's */
	uint32_t		  ntitle;
	bool			  lead_title; /* the first sentence stands for the title */
} FsDigest;

extern FsDigest *fs_digest_start(FsArena *arena);

/* Keep the words of the title; before any sentence of the body. */
extern void fs_digest_title(FsDigest *digest, const FsSentence *s);

/* Keep a sentence of the body, with its mentions of companies. */
extern void fs_digest_add(FsArena *arena, FsDigest *digest, const FsSentence *s, uint32_t index,
						  const FsMention *mentions, uint32_t nmentions);

/*
 * digest_start.c: the token that a sentence's news starts at: 0, or the one
 * after a dateline or a headline glued to it.  lead: the text's first sentence.
 */
extern int fs_sentence_start(const FsSentence *s, bool lead, const FsMention *mentions, uint32_t nmentions);

#endif /* FS_DIGEST_H */
