/*
 * unicode.h - level 1: characters beyond ASCII, by ICU.
 */
#ifndef FS_UNICODE_H
#define FS_UNICODE_H

#include "text.h"

/* What a code point beyond ASCII is to the scanner (bytes unset). */
extern FsChar fs_unicode_char(uint32_t code);

#endif /* FS_UNICODE_H */
