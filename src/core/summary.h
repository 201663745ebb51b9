/*
 * summary.h - level 9: the sentences that carry the news.
 */
#ifndef FS_SUMMARY_H
#define FS_SUMMARY_H

#include "document.h"

/*
 * At most count sentences of the body in their order, as spans into an array
 * of the arena; *n of them.  Needs FS_WANT_SCORE | FS_WANT_COMPANIES, and with
 * FS_WANT_DIGEST does not scan again.  A heading is not a sentence; a text of no
 * more sentences than asked comes back whole.
 */
extern const FsSpan *fs_summary(FsArena *arena, const FsDocument *document, uint32_t count, uint32_t *n);

#endif /* FS_SUMMARY_H */
