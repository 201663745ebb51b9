/*
 * label.c - the seven labels and their bounds.
 */
#include "label.h"
#include "unit.h"

/* A lower bound belongs to its band, on both sides. */
static void
bounds_belong_to_the_stronger_label(void)
{
	CHECK_INT(fs_label(1199), FS_NEUTRAL);
	CHECK_INT(fs_label(1200), FS_MILDLY_POSITIVE);
	CHECK_INT(fs_label(3500), FS_MODERATELY_POSITIVE);
	CHECK_INT(fs_label(6000), FS_STRONGLY_POSITIVE);
	CHECK_INT(fs_label(-1199), FS_NEUTRAL);
	CHECK_INT(fs_label(-1200), FS_MILDLY_NEGATIVE);
	CHECK_INT(fs_label(-3499), FS_MILDLY_NEGATIVE);
	CHECK_INT(fs_label(-6000), FS_STRONGLY_NEGATIVE);
}

static void
every_label_has_its_name(void)
{
	CHECK_STR(fs_label_name(FS_STRONGLY_NEGATIVE), "strongly negative");
	CHECK_STR(fs_label_name(FS_NEUTRAL), "neutral");
	CHECK_STR(fs_label_name(FS_STRONGLY_POSITIVE), "strongly positive");
}

int
main(void)
{
	RUN(bounds_belong_to_the_stronger_label);
	RUN(every_label_has_its_name);
	return unit_done();
}
