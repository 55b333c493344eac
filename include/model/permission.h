/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PERMISSION_H
#define MODEL_PERMISSION_H

/* What the four letters of a mapping's permissions mean, in plain sentences (mmap(2)). */

#include <stddef.h>
#include <stdint.h>

struct permission {
	uint8_t bit;                 /* PERM_… */
	const char *letter, *absent; /* as in maps, where it is and where it is not: "r", "-" */
	const char *allows;          /* a sentence: what it makes possible */
	const char *forbids;         /* a sentence: what is so without it */
	const char *calls;           /* a sentence: which calls set it */
};

/* The table in the order of maps, "rwxs"; *ret_count rows. */
const struct permission *permission_table(size_t *ret_count);

#endif
