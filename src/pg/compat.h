/*
 * compat.h - what differs between PostgreSQL 15 and 18.
 *
 * The only place that looks at the server's version.  Included after
 * postgres.h and fmgr.h.
 */
#ifndef FS_PG_COMPAT_H
#define FS_PG_COMPAT_H

#include "storage/lock.h"
#include "storage/proc.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#if PG_VERSION_NUM < 150000
#error "finsent needs PostgreSQL 15 or later"
#endif

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 18 shows a module's name in pg_get_loaded_modules(). */
#if PG_VERSION_NUM >= 180000
#define FS_PG_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "finsent")
#else
#define FS_PG_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* 16 added the soft error context. */
static inline RangeType *
fs_pg_make_range(TypeCacheEntry *type, RangeBound *lower, RangeBound *upper)
{
#if PG_VERSION_NUM >= 160000
	return make_range(type, lower, upper, false, NULL);
#else
	return make_range(type, lower, upper, false);
#endif
}

/* Number of this session's transaction; 17 moved it. */
static inline LocalTransactionId
fs_pg_transaction(void)
{
#if PG_VERSION_NUM >= 170000
	return MyProc->vxid.lxid;
#else
	return MyProc->lxid;
#endif
}

#endif /* FS_PG_COMPAT_H */
