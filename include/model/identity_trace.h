/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_IDENTITY_TRACE_H
#define MODEL_IDENTITY_TRACE_H

/* What of a mapping is in the other of two snapshots (model/identity.h). */

#include <stdbool.h>
#include <stdint.h>

#define IDENTITY_NONE UINT32_MAX

enum identity_side {
	IDENTITY_BEFORE,
	IDENTITY_NOW,
	IDENTITY_SIDES,
};

/* One mapping, and what the other snapshot has of it. */
struct identity_trace {
	uint32_t first, count; /* its pieces, adjacent in address */
	uint32_t other;        /* the mapping (the lowest, of several) that it is in the other
				* snapshot; IDENTITY_NONE: it appeared, or vanished */
	bool moved;            /* by mremap: it shares no piece with the other */
	bool unchanged;        /* at least one piece has the same permissions, too */

	/* Its range, without what a border gave to, or took for, an accessible neighbour. */
	uint64_t start, end;
	/* The part of that range between the first and last byte that both snapshots have. What is
	 * outside of it is new at the low or high end (or gone). Empty when there is none. */
	uint64_t kept_start, kept_end;

	uint64_t kept; /* bytes that both snapshots have; 0 of a moved mapping */
	uint64_t had;  /* of a mapping of now: bytes that it had before, 0 when it appeared */
};

#endif
