/*
 * learn.h - level 9: from labelled texts to a trained sentence model.
 *
 *	FsLearner *learner = fs_learn_start(arena);
 *	fs_learn_add(learner, text, 2);		... for every text
 *	fs_learn_validate(learner, 5, 1, &evaluation);
 *	model = fs_learn_model(learner);
 *
 * The order in which texts are added does not matter.
 */
#ifndef FS_LEARN_H
#define FS_LEARN_H

#include "document.h"
#include "evaluation.h"
#include "trained.h"

/* The most texts, the longest one, and the most memory that they and a fit take together, both in bytes. */
#define FS_LEARN_TEXTS_MAX 1000000
#define FS_LEARN_TEXT_MAX ((size_t) 100 * 1024)
#define FS_LEARN_MEMORY_MAX ((size_t) 1024 * 1024 * 1024)

#define FS_LEARN_CLASSES 3 /* negative, neutral, positive */

typedef struct FsLearner FsLearner;

typedef struct FsValidation
{
	FsTally trained[FS_LEARN_CLASSES];	/* of each text by a model that has not seen it */
	FsTally compiled[FS_LEARN_CLASSES]; /* of the same texts by the compiled model */
} FsValidation;

extern FsLearner *fs_learn_start(FsArena *arena);

/*
 * Add a text with its class, which is copied; a text without a sentence is not
 * counted.  False, and nothing added, beyond the limits above.
 */
extern bool fs_learn_add(FsLearner *learner, FsText text, int label);

/* Texts of a class so far, and the memory taken. */
extern int	  fs_learn_count(const FsLearner *learner, int label);
extern size_t fs_learn_memory(const FsLearner *learner);

/*
 * Cross-validate with so many folds (2 or more), each with the same share of
 * every class; the seed deals the texts out.  Equal texts fall into one fold.
 */
extern void fs_learn_validate(FsLearner *learner, int folds, uint32_t seed, FsValidation *validation);

/* The model of all texts, after a validation, which tells how much each of its voices counts. */
extern const FsTrained *fs_learn_model(FsLearner *learner);

#endif /* FS_LEARN_H */
