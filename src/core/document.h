/*
 * document.h - level 8: the pipeline, the only entry the glue calls for analysis.
 *
 * One pass over title and body, sentence by sentence; of each sentence only
 * what the wanted answers need is kept.  Stages are pulled: a document read for
 * its score finds no metrics.
 */
#ifndef FS_DOCUMENT_H
#define FS_DOCUMENT_H

#include "digest.h"
#include "knowledge.h"
#include "mention.h"
#include "metric.h"
#include "sentiment.h"

enum FsWants
{
	FS_WANT_SCORE = 1,	   /* score, probabilities, confidence; sentences' scores */
	FS_WANT_EVIDENCE = 2,  /* evidence; implies SCORE */
	FS_WANT_COMPANIES = 4, /* mentions and companies with relevance */
	FS_WANT_TARGETS = 8,   /* companies' scores; implies SCORE and COMPANIES */
	FS_WANT_METRICS = 16,  /* metrics with their companies; implies COMPANIES */
	FS_WANT_QUANTITIES = 32,
	FS_WANT_DIGEST = 64, /* of the first sentences, for a summary; implies nothing */
	FS_WANT_ALL = 127,
};

#define FS_DIGEST_MAX 96 /* sentences that a document's digest holds */

typedef struct FsSentenceInfo
{
	FsSpan	 span;	/* in title or body */
	int16_t	 score; /* 1/10000 */
	uint16_t flags; /* FsSentenceFlags */
	uint16_t tokens;
	uint16_t weight; /* in the document's mean, 1/1000 */
} FsSentenceInfo;

/* One piece of evidence; weights add up to the document's score. */
typedef struct FsEvidence
{
	FsSpan		span;	  /* len 0: no place (calibration) */
	int32_t		weight;	  /* share of the score, 1/10000 */
	uint32_t	sentence; /* index; UINT32_MAX: none */
	FsCompanyId company;  /* whom it concerns, -1: none */
	uint8_t		rule;	  /* FsRule */
} FsEvidence;

/* A quantity with what outlives its sentence. */
typedef struct FsQuantityInfo
{
	FsQuantity quantity; /* first, count, number are meaningless here */
	uint32_t   sentence;
} FsQuantityInfo;

typedef struct FsDocumentCompany
{
	FsCompanyId company;	/* -1: known by symbol alone */
	char		symbol[16]; /* company -1 */
	int32_t		score;		/* toward it, 1/10000 */
	uint16_t	relevance;	/* (0, 1000] */
	uint16_t	confidence; /* [0, 1000] */
	uint32_t	mentions;
	uint32_t	first_sentence;
	FsSpan		first; /* first mention in the body; len 0: title only */
} FsDocumentCompany;

typedef struct FsDocument
{
	FsText			   body;
	FsText			   title;	  /* len 0: none */
	const FsKnowledge *knowledge; /* NULL: the compiled tables alone */
	unsigned		   wants;
	bool			   readable; /* false: a language that finsent does not read */
	uint32_t		   words;
	int32_t			   score;	   /* 1/10000 */
	FsProbability	   p;		   /* consistent with score: the likeliest class is its label's */
	uint16_t		   confidence; /* [0, 1000] */
	bool			   mixed;	   /* strong evidence of both signs */

	uint32_t		   nsentences; /* title's first (flags FS_S_TITLE) */
	FsSentenceInfo	  *sentences;
	uint32_t		   nevidence; /* in order of place */
	FsEvidence		  *evidence;
	uint32_t		   nmentions;
	FsMention		  *mentions;
	uint32_t		   ncompanies; /* the likely ones first, then by falling relevance */
	uint32_t		   nlikely;	   /* the first of them: confidence >= 500; the others are
								 * only quoted or guessed */
	FsDocumentCompany *companies;
	uint32_t		   nmetrics;
	FsMetric		  *metrics; /* of the body only */
	uint32_t		   nquantities;
	FsQuantityInfo	  *quantities; /* of the body only */
	FsDigest		  *digest;	   /* NULL: not wanted */
} FsDocument;

/*
 * Read a document.  On FS_TEXT_TOO_LONG (error->offset 0: body, 1: title)
 * returns NULL.
 */
extern const FsDocument *fs_document_read(FsArena *arena, FsText body, FsText title, unsigned wants, FsError *error);

/* The same with knowledge beyond the compiled tables; NULL is none.  It must outlive the document. */
extern const FsDocument *fs_document_read_with(FsArena *arena, FsText body, FsText title, unsigned wants,
											   const FsKnowledge *knowledge, FsError *error);

/* Name and version of the scoring model: "finsent-2". */
extern const char *fs_model_name(void);

/*
 * Sentiment toward a named thing (case-insensitive at word boundaries), in
 * 1/10000; false when the text does not mention it.
 */
extern bool fs_target_score(FsArena *arena, FsText body, FsText target, int32_t *score, FsError *error);

#endif /* FS_DOCUMENT_H */
