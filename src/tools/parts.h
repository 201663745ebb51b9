/*
 * parts.h - parts of headlines, for training.c.
 */
#ifndef PARTS_H
#define PARTS_H

#define PART_BYTES 4096 /* longer headlines are left alone */

typedef struct LabelledName
{
	char name[512];
	int	 label;
} LabelledName;

/* Called with a part of a headline and the label of the names in it. */
typedef void (*TakePart)(void *ctx, const char *part, int label);

/* Cut a headline whose names differ in label into parts whose names agree. */
extern void cut_headline(const char *text, const LabelledName *names, int n, TakePart take, void *ctx);

#endif /* PARTS_H */
