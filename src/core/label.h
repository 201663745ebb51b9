/*
 * label.h - level 0: the seven labels and the three classes of a score.
 */
#ifndef FS_LABEL_H
#define FS_LABEL_H

#include <stdint.h>

typedef enum FsLabel
{
	FS_STRONGLY_NEGATIVE,
	FS_MODERATELY_NEGATIVE,
	FS_MILDLY_NEGATIVE,
	FS_NEUTRAL,
	FS_MILDLY_POSITIVE,
	FS_MODERATELY_POSITIVE,
	FS_STRONGLY_POSITIVE
} FsLabel;

/* Label of a score in 1/10000: bands on its size 1200, 3500, 6000, lower bound inclusive. */
static inline FsLabel
fs_label(int32_t score)
{
	int32_t size = score < 0 ? -score : score;
	int		step = (size >= 1200) + (size >= 3500) + (size >= 6000);

	return (FsLabel) (score < 0 ? FS_NEUTRAL - step : FS_NEUTRAL + step);
}

/* "strongly negative" ... */
extern const char *fs_label_name(FsLabel label);

/* The class of a label as a number: 0 negative, 1 neutral, 2 positive. */
static inline int
fs_class(FsLabel label)
{
	return label < FS_NEUTRAL ? 0 : label > FS_NEUTRAL ? 2 : 1;
}

/* "negative", "neutral" or "positive": the class of a label. */
static inline const char *
fs_class_name(FsLabel label)
{
	return label < FS_NEUTRAL ? "negative" : label > FS_NEUTRAL ? "positive" : "neutral";
}

#endif /* FS_LABEL_H */
