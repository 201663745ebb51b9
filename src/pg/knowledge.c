/*
 * knowledge.c - the words and companies of a workspace.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/inval.h"
#include "utils/rel.h"

PG_FUNCTION_INFO_V1(finsent_words_changed);

/*
 * Trigger of a workspace's tables term and company: an invalidation of the
 * table goes to all sessions when the transaction commits, and to this one at
 * the end of the command or on rollback.
 */
Datum
finsent_words_changed(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("finsent_words_changed must be called as a trigger")));
	CacheInvalidateRelcache(((TriggerData *) fcinfo->context)->tg_relation);
	PG_RETURN_POINTER(NULL);
}
