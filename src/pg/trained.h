/*
 * trained.h - models of a workspace, trained by finsent_train.
 */
#ifndef FS_PG_TRAINED_H
#define FS_PG_TRAINED_H

#include "../core/trained.h"

/* Versions of a model beside those of the table. */
#define FS_PG_NEWEST (-1) /* the newest, finsent's own where there is none */
#define FS_PG_COMPILED 0  /* finsent's own */

/*
 * The model of a version by the active snapshot, inside SPI; NULL is finsent's
 * own.  Its number and checksum are mixed into mark.  Without an arena nothing
 * but the mark is made.  ERROR 42704 for a version that is not there, XX001 for
 * corrupt weights, 22023 for those of another finsent; the newest is passed over
 * with a WARNING if it is another finsent's, so that inserts go on after an update.
 */
extern const FsTrained *fs_pg_trained(const char *workspace, int32 version, FsArena *arena, uint32 *mark);

#endif /* FS_PG_TRAINED_H */
