/*
 * aggregate_impl.h - level 8: what the files of the aggregate share.
 *
 * aggregate.c makes the document's score and evidence, aggregate_company.c its
 * companies.
 */
#ifndef FS_AGGREGATE_IMPL_H
#define FS_AGGREGATE_IMPL_H

#include "aggregate.h"

typedef struct Company
{
	FsDocumentCompany info;
	int64_t			  score_sum; /* score x weight */
	int64_t			  score_weight;
	uint32_t		  salience;	  /* mentions, weighted */
	uint16_t		  confidence; /* best, percent */
} Company;

struct FsAggregate
{
	FsArena	   *arena;
	FsDocument *doc;
	/* languages */
	uint32_t english;
	uint32_t foreign;
	uint32_t other_script;
	/* score */
	uint32_t	  body_sentences; /* begun, whatever is wanted of them */
	int64_t		  weights;
	int64_t		  sum; /* weight x score */
	int64_t		  up;  /* weight x |score| of the positive */
	int64_t		  down;
	int64_t		  p_negative; /* weight x probability */
	int64_t		  p_neutral;
	int64_t		  p_positive;
	uint32_t	  scored;
	FsProbability last_p;
	int64_t		  logits[3]; /* of the sentences of a post */
	int32_t		  posts;	 /* their number */
	bool		  whole;	 /* a post whose evidence is the words of all */
	uint32_t	  evidence_room;
	int32_t		  last_weight;
	/* companies */
	Company	 *companies;
	uint32_t  ncompanies;
	uint32_t  companies_room;
	uint32_t *slots;  /* index + 1 into companies, 0: empty */
	uint32_t  nslots; /* a power of two */
};

/* Relevance, confidence and score of the companies, in order, into the document. */
extern void fs_aggregate_finish_companies(FsAggregate *aggregate);

#endif /* FS_AGGREGATE_IMPL_H */
