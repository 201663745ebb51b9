/*
 * knowledge.h - level 3: what a reading knows beyond the compiled tables.
 *
 * A user's own terms and companies, and whatever else a workspace holds.  It is
 * built once from rows (knowledge.c) and shared by many readings; a reading
 * without any (NULL) is the ordinary one, whose answer depends on the text
 * alone.
 */
#ifndef FS_KNOWLEDGE_H
#define FS_KNOWLEDGE_H

#include "company.h"

struct FsTrained;

typedef struct FsKnowledge
{
	uint64_t				generation; /* another one for every build: what was read with it is told apart by it */
	const char			   *model;		/* name of the model that scores with it; NULL: the compiled one's */
	const struct FsTrained *trained;	/* scores sentences (trained.h); NULL: the compiled model does */
} FsKnowledge;

#endif /* FS_KNOWLEDGE_H */
