/*
 * highlight.h - level 8: the text with its evidence marked, like ts_headline.
 */
#ifndef FS_HIGHLIGHT_H
#define FS_HIGHLIGHT_H

#include "document.h"

typedef struct FsHighlightOptions
{
	FsText		start_pos;		/* marks around good news, default <b> </b> */
	FsText		stop_pos;
	FsText		start_neg;		/* marks around bad news, default <i> </i> */
	FsText		stop_neg;
	uint32_t	max_fragments;	/* 0: the whole text */
	uint32_t	max_words;		/* of a fragment, 1 to 1000, default 35 */
	bool		tickers;		/* mark companies too */
	bool		metrics;		/* mark quantities of metrics too */
	bool		escape;			/* escape & < > " ' outside marks */
} FsHighlightOptions;

/*
 * Options as in ts_headline: "StartPos=<b>, MaxFragments=2".  Names are
 * case-insensitive, values may be quoted with ".  false with
 * FS_BAD_OPTION and the place of the unknown name or bad value.
 */
extern bool fs_highlight_options(FsArena *arena, FsText options, FsHighlightOptions *out, FsError *error);

/* Needs FS_WANT_EVIDENCE, and FS_WANT_COMPANIES, FS_WANT_METRICS as options ask. */
extern FsString fs_highlight(FsArena *arena, const FsDocument *document, const FsHighlightOptions *options);

/* Append text with & < > " ' as HTML entities. */
extern void fs_append_html(FsArena *arena, FsString *out, const char *data, size_t len);

#endif							/* FS_HIGHLIGHT_H */
