/*
 * knowledge.h - the words, companies and model of a workspace, cached by session.
 */
#ifndef FS_PG_KNOWLEDGE_H
#define FS_PG_KNOWLEDGE_H

#include "utils/date.h"
#include "../core/knowledge.h"

/*
 * What the current role knows through a workspace, with a version of its model
 * (FS_PG_NEWEST and so on, trained.h), as of a day, by the active snapshot.  It lives until the next call.  ERROR 3F000 if there is no such
 * workspace, 42501 if the role may not read it.
 */
extern const FsKnowledge *fs_pg_knowledge(const char *workspace, int32 version, DateADT day);

/*
 * The same for the first argument of a SQL function, as of today; ERROR 22004 if it
 * is NULL.  version is the number of the argument that says which model, -1: the
 * newest.
 */
extern const FsKnowledge *fs_pg_knowledge_argument(FunctionCallInfo fcinfo, int version);

/* The day of a time, in UTC; today if it is infinite. */
extern DateADT fs_pg_day(Timestamp time);

/* Name of the model that scores with it: a stored score is stale if its model is another. */
extern const char *fs_pg_model(const FsKnowledge *knowledge);

#endif /* FS_PG_KNOWLEDGE_H */
