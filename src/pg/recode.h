/*
 * recode.h - texts between the database's encoding and the core's UTF-8.
 */
#ifndef FS_PG_RECODE_H
#define FS_PG_RECODE_H

#include "../core/text.h"

/* A text argument: as the database holds it, and as the core reads it. */
typedef struct FsSource
{
	struct varlena *argument; /* as passed; NULL: SQL NULL */
	struct varlena *datum;	  /* detoasted, perhaps with a short header */
	const char	   *name;	  /* of the argument */
	const char	   *data;	  /* its bytes, in the database's encoding */
	uint32_t		len;
	FsText			text;	 /* what the core reads */
	bool			recoded; /* text is a copy in UTF-8 */
	uint32_t	   *pieces;	 /* recoded from a multi-byte encoding: where in data
								 * every FS_PG_PIECE-th character starts */
	bool			indexed;
	FsCharIndex		index; /* over text, once a place was asked for */
} FsSource;

/* Characters that are converted at a time. */
#define FS_PG_PIECE 1024

/* Fill text from data; false if it gets longer than FS_TEXT_MAX. */
extern bool fs_pg_decode(FsArena *arena, FsSource *source);

/*
 * A string of the core (UTF-8) in the database's encoding; what does not exist
 * there becomes a question mark.  The answer may be the string itself.
 */
extern FsText fs_pg_encode(FsArena *arena, const char *data, size_t len);

/* The bytes of data that a span of the text stands for. */
extern FsText fs_pg_original(FsArena *arena, FsSource *source, FsSpan span);

/* A span of the text as first character (from 1) and number of characters. */
extern void fs_pg_place(FsArena *arena, FsSource *source, FsSpan span, int32_t *pos, int32_t *len);

#endif /* FS_PG_RECODE_H */
