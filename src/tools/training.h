/*
 * training.h - labelled texts as features, for train.c.
 */
#ifndef TRAINING_H
#define TRAINING_H

#include "linear.h"

typedef struct Sample
{
	int		   n;
	FsFeature *items;
	int		   label; /* 0 negative, 1 neutral, 2 positive */
	float	   weight;
} Sample;

typedef struct Samples
{
	int		n;
	size_t	room;
	Sample *items;
} Samples;

/* Append a file's samples; exits with a message if it cannot be read. */
extern void read_samples(const char *path, bool target, Samples *samples);

#endif /* TRAINING_H */
