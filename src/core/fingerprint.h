/*
 * fingerprint.h - level 3: a story as 64 bits, alike for texts that are alike.
 *
 * Two versions of one story differ in few bits, two stories in about half of
 * them.  fingerprint.c has the method.
 */
#ifndef FS_FINGERPRINT_H
#define FS_FINGERPRINT_H

#include "scan.h"

/* From this similarity on, two texts are taken for one story: at most 14 bits differ. */
#define FS_SAME_STORY 0.78

/* Parts of a fingerprint for an index: two versions of one story share one. */
#define FS_BANDS 24

/*
 * The fingerprint of a text's content words.  False if it has none: such a text
 * is like no other.  On FS_TEXT_TOO_LONG false with the error set.
 */
extern bool fs_fingerprint(FsArena *arena, FsText body, uint64_t *fingerprint, FsError *error);

/* Share of equal bits, 0 to 1; about 0.5 for unrelated texts. */
extern double fs_similarity(uint64_t a, uint64_t b);

/* The bands in order; no value occurs in two bands. */
extern void fs_fingerprint_bands(uint64_t fingerprint, int32_t bands[FS_BANDS]);

#endif /* FS_FINGERPRINT_H */
