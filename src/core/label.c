/*
 * label.c - level 0: names of the labels.
 */
#include "label.h"

const char *
fs_label_name(FsLabel label)
{
	static const char *const names[] = { "strongly negative", "moderately negative", "mildly negative",	 "neutral",
										 "mildly positive",	  "moderately positive", "strongly positive" };

	return names[label];
}
