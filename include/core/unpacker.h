/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_UNPACKER_H
#define CORE_UNPACKER_H

/* One library that unpacks a stream, behind the functions that core/unpack.h needs of it. */

#include <stdbool.h>
#include <stddef.h>

/* What goes in and comes out of one step; a step moves the pointers on and lessens the sizes. */
struct unpacker_step {
	const char *in;
	size_t in_left;
	char *out;
	size_t out_left;
	bool ended; /* a stream ended just now; another one may follow */
};

struct unpacker {
	/* Returns 0, or -EBADMSG: the stream is damaged, what came out before is good. */
	int (*step)(struct unpacker *unpacker, struct unpacker_step *step);
	void (*destroy)(struct unpacker *unpacker);
};

#endif
