/*
 * training.h - labelled texts as features, for train.c.
 */
#ifndef TRAINING_H
#define TRAINING_H

#include "fit.h"

typedef struct Samples
{
	int		  n;
	size_t	  room;
	FsSample *items;
} Samples;

/* Memory of the heap, never given back. */
extern const FsEnv training_env;

/* Append a file's samples; exits with a message if it cannot be read. */
extern void read_samples(const char *path, bool target, Samples *samples);

/* Append the sample of a text, or of a target in it (NULL: of the text); false, and nothing appended, if it has none or several. */
extern bool read_sample(const char *text, const char *target, Samples *samples);

#endif /* TRAINING_H */
