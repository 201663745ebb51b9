/*
 * evaluation.c - level 0: accuracy, macro F1 and correlation from counts by class.
 *
 * Three counts a class are enough, so that a state grows with the classes and
 * not with their square.  With n rows, c of them right, p predictions and g gold
 * rows of a class:
 *
 *     accuracy  c / n
 *     F1        2 right / (p + g): the harmonic mean of precision right / p and
 *               recall right / g, and 0 where only one side has the class
 *     macro F1  mean F1 over all classes that occur
 *     R_K       (c n - sum p g) / sqrt((n^2 - sum p^2) (n^2 - sum g^2))
 *
 * R_K is the correlation of many classes (J. Gorodkin, "Comparing two
 * K-category assignments by a K-category correlation coefficient", 2004); with
 * two classes it is Matthews' coefficient.  Its sums are taken over shares of n,
 * which no count overflows.
 */
#include <math.h>

#include "evaluation.h"

double
fs_precision(const FsTally *tally)
{
	return tally->predicted > 0 ? (double) tally->right / (double) tally->predicted : -1;
}

double
fs_recall(const FsTally *tally)
{
	return tally->gold > 0 ? (double) tally->right / (double) tally->gold : -1;
}

double
fs_f1(const FsTally *tally)
{
	return 2.0 * (double) tally->right / ((double) tally->predicted + (double) tally->gold);
}

FsEvaluation
fs_evaluate(const FsTally *tallies, int n)
{
	FsEvaluation e = { 0 };
	uint64_t	 right = 0;
	uint64_t	 most = 0;
	double		 both = 0;
	double		 predicted = 0;
	double		 gold = 0;
	int			 occur = 0;

	for (int i = 0; i < n; i++)
	{
		e.n += tallies[i].gold;
		right += tallies[i].right;
		most = tallies[i].gold > most ? tallies[i].gold : most;
	}
	if (e.n == 0)
		return e;
	for (int i = 0; i < n; i++)
	{
		double p = (double) tallies[i].predicted / (double) e.n;
		double g = (double) tallies[i].gold / (double) e.n;

		if (tallies[i].predicted + tallies[i].gold == 0)
			continue;
		occur++;
		e.macro_f1 += fs_f1(&tallies[i]);
		both += p * g;
		predicted += p * p;
		gold += g * g;
	}
	e.accuracy = (double) right / (double) e.n;
	e.macro_f1 /= occur;
	e.majority = (double) most / (double) e.n;
	if (occur > 1 && predicted < 1 && gold < 1)
		e.mcc = (e.accuracy - both) / sqrt((1 - predicted) * (1 - gold));
	return e;
}
