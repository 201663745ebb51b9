/*
 * card.h - level 10: the whole card as one self-contained HTML page.
 */
#ifndef FS_CARD_H
#define FS_CARD_H

#include "document.h"

/*
 * ASCII apart from what the document holds; everything of the document is
 * escaped.  Needs FS_WANT_ALL.
 */
extern FsString fs_card_html(FsArena *arena, const FsDocument *document);

#endif /* FS_CARD_H */
