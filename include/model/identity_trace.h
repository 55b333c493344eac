/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_IDENTITY_TRACE_H
#define MODEL_IDENTITY_TRACE_H

/* What identities are made of (model/identity.h). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_space;

#define IDENTITY_NONE UINT32_MAX

enum identity_side {
	IDENTITY_BEFORE,
	IDENTITY_NOW,
	IDENTITY_SIDES,
};

/* A mapping that is not as it was, and what the other snapshot has of it. */
struct identity_trace {
	uint32_t vma;          /* its index */
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

struct identity_piece {
	uint64_t start, end;
	uint32_t trace[IDENTITY_SIDES]; /* the index of that of the mapping, or IDENTITY_NONE */
	bool same;                      /* both are there and are the same memory */
	bool shifted;                   /* same, and a border moved across it */
};

/* Mappings that are not as they were: on each side so many from the first on, and their traces. */
struct identity_hunk {
	uint32_t first[IDENTITY_SIDES], count[IDENTITY_SIDES], trace[IDENTITY_SIDES];
};

struct identity {
	const struct address_space *spaces[IDENTITY_SIDES];
	bool other_program; /* execve(2), or another process: nothing is the same */
	struct identity_hunk *hunks;
	struct identity_piece *pieces; /* of the hunks; none where another program runs */
	struct identity_trace *traces[IDENTITY_SIDES]; /* of the mappings in the hunks */
	size_t hunk_count, piece_count, trace_count[IDENTITY_SIDES];
};

#endif
