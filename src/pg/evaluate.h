/*
 * evaluate.h - figures by class as SQL values.
 */
#ifndef FS_PG_EVALUATE_H
#define FS_PG_EVALUATE_H

#include "../core/evaluation.h"

/* jsonb of class names and their precision, recall and F1; names are in the database's encoding. */
extern Datum fs_pg_per_class(const FsTally *tallies, char **names, int n);

#endif /* FS_PG_EVALUATE_H */
