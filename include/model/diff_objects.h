/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_OBJECTS_H
#define MODEL_DIFF_OBJECTS_H

/*
 * What is the same thing in two address spaces, whatever the addresses are: all mappings of one
 * file, with the bss behind them; all memory of one runtime; all other memory of one kind and name.
 *
 * Files are the same where they have one path; of those that are left where they have one name in
 * whatever folder, and then where their names differ only in numbers, as in libx.so.1.2 and
 * libx.so.1.3.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/diff_sum.h"

enum diff_object_type {
	DIFF_OBJECT_FILE,
	DIFF_OBJECT_RUNTIME,
	DIFF_OBJECT_MEMORY,
};

struct diff_object {
	enum diff_object_type type;
	uint8_t kind; /* enum kind, of DIFF_OBJECT_MEMORY */
	/* The path as in maps (not escaped), the label of the runtime, the name or, where there is
	 * none, that of the kind; NULL: the side has no such mapping. */
	const char *names[DIFF_SIDES];
	struct diff_sum sum;
};

struct diff_objects {
	struct diff_object *objects; /* the largest difference in size first, then in RSS */
	size_t count;
	size_t *of[DIFF_SIDES]; /* for each VMA its object's index */
};

/* Finds them; diff_objects_finish() frees what it has. Names are those of the subjects. */
void diff_objects_init(struct diff_objects *objects, const struct diff_subject *subjects);
void diff_objects_finish(struct diff_objects *objects);

/* The name of b, or where it has none of a. */
const char *diff_object_name(const struct diff_object *object);

#endif
