/*
 * evaluation.h - level 0: how well predicted classes agree with gold ones.
 */
#ifndef FS_EVALUATION_H
#define FS_EVALUATION_H

#include "base.h"

/* Counts of one class. */
typedef struct FsTally
{
	uint64_t right;		/* predicted and gold */
	uint64_t predicted; /* rows of which it is the prediction */
	uint64_t gold;		/* rows of which it is the truth */
} FsTally;

typedef struct FsEvaluation
{
	uint64_t n;		   /* rows; with 0 the figures mean nothing */
	double	 accuracy; /* share of right rows */
	double	 macro_f1; /* mean F1 of the classes that occur on either side */
	double	 mcc;	   /* correlation R_K, -1 to 1; 0 where either side is constant */
	double	 majority; /* accuracy of always saying the most frequent gold class */
} FsEvaluation;

/* Figures of counts; a class that occurs on neither side does not count. */
extern FsEvaluation fs_evaluate(const FsTally *tallies, int n);

/* Of one class: NULL-like (below 0) where nothing was predicted, or nothing is gold. */
extern double fs_precision(const FsTally *tally);
extern double fs_recall(const FsTally *tally);
extern double fs_f1(const FsTally *tally);

#endif /* FS_EVALUATION_H */
