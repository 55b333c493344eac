/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_CALL_SITES_H
#define INSIDE_CALL_SITES_H

/*
 * Which code touched the new pages of a process since counting began, as it was found from samples
 * of its page faults: call sites, the stacks that lead to them, and where they touched memory. It
 * never changes once it is made, and counts its references, so that a worker makes it and the main
 * thread reads it. Bytes; half-open ranges.
 *
 * Sums are estimates: each sample stands for as many faults as the period says, each fault for the
 * page that it brought.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inside/code_frame.h"
#include "model/call_stack.h"
#include "model/kind.h"

#define CALL_SITES_STEPS 16 /* of a trend, the newest last */
#define CALL_SITES_NONE  UINT32_MAX

struct frame_store;

/* One way to a call site. */
struct called_stack {
	const struct code_frame *frames; /* innermost first; NULL: not named */
	uint32_t count;
	uint32_t own;   /* which of the frames is the call site */
	uint32_t site;  /* index */
	uint8_t source; /* enum call_stack_source */
	uint64_t bytes;
};

struct call_site {
	/* The site's frame in its heaviest stack; NULL: of all that there was no room for. */
	const struct code_frame *frame;
	uint32_t stack;  /* the heaviest; CALL_SITES_NONE: none */
	uint32_t stacks; /* how many lead to it */
	uint64_t bytes;
	uint64_t kinds[KIND_COUNT]; /* the rest of bytes is of mappings that are not known */
	uint64_t by[CALL_STACK_SOURCE_COUNT];
	uint64_t steps[CALL_SITES_STEPS];
};

/* What a site touched in a mapping that is still there. */
struct site_place {
	uint64_t start, end; /* of the mapping now */
	uint64_t bytes;
	uint32_t site;
};

/* One of the newest touches. */
struct site_touch {
	uint64_t address;
	uint64_t bytes;
	uint32_t site;
};

/* How listening goes, since counting began. */
struct listening {
	int64_t start_ns; /* CLOCK_REALTIME */
	uint64_t elapsed_ns;
	uint64_t listened_ns;    /* of that; in the rest it was not listened to */
	uint64_t window_ns;      /* as long it is listened to at a time, */
	uint64_t rest_ns;        /* between two rests of that length; 0: there are none */
	uint64_t unheard_bytes;  /* of faults in rests that no sample stands for */
	uint64_t step_ns;        /* of a step of the trends */
	uint64_t steps;          /* so many of them are complete */
	uint64_t period;         /* faults that a sample stands for, now */
	uint64_t samples, lost;  /* taken; dropped for want of room */
	uint64_t faults;         /* that the samples stand for */
	double slowdown;         /* share of the target's time; negative: not known */
	double kernel_share;     /* of its faults, those that were not seen, 0 to 1: they happened
				  * in system calls or, in_kernel, in threads with few;
				  * negative: not known */
	bool in_kernel;          /* faults in system calls are seen, too */
	uint32_t missed_threads; /* that could not be listened to */
	bool thin;               /* threads have so few faults each that many have no sample */
	uint64_t huge_bytes;     /* of what was touched: in huge pages */
	bool huge_unknown;       /* there may be some, but each counts as a small one */
	bool copies;             /* stacks are copied, to be unwound */
	int unwinding;           /* why they cannot be unwound (-errno); 0: nothing is wrong */
	bool ended;              /* the process has; or, of the last one, listening was stopped */
};

struct call_sites {
	struct listening listening;
	struct call_site *sites; /* the heaviest first, the one without a frame last */
	size_t site_count;
	struct called_stack *stacks; /* the heaviest first */
	size_t stack_count;
	struct site_place *places; /* by start; of one mapping the heaviest first */
	size_t place_count;
	struct site_touch *touches; /* ascending by address */
	size_t touch_count;
	uint64_t bytes;            /* of all sites */
	struct frame_store *store; /* a reference: what frames point into */
};

/* An empty one with one reference, to be filled by its maker; arrays are from memory_alloc(). */
struct call_sites *call_sites_create(struct frame_store *store);

/* One reference more; returns it. From any thread. */
struct call_sites *call_sites_ref(struct call_sites *sites);

/* One reference less: the last one frees it. NULL is allowed. From any thread. */
void call_sites_unref(struct call_sites *sites);

/*
 * Has all that was touched stand for so many times as much, as what is known is only a part of it;
 * the trends stay. For its maker.
 */
void call_sites_scale(struct call_sites *sites, double factor);

/* How fast a site touches pages, bytes a second, by the last steps that are complete. */
uint64_t call_site_rate(const struct call_site *site, const struct listening *listening);

/* What most of a site's bytes rest on. */
enum call_stack_source call_site_source(const struct call_site *site);

/*
 * The site that touched most of the range lately: by touches in it, or, where there are none, by
 * what is known of the mappings that lie in it as a whole. CALL_SITES_NONE: it is not known.
 * *ret_bytes of how many of the range's bytes that is known, of that site.
 */
uint32_t call_sites_of_range(const struct call_sites *sites, uint64_t start, uint64_t end,
			     uint64_t *ret_bytes);

/* The places of the mapping that begins there; NULL, and *ret_count is 0, when there are none. */
const struct site_place *call_sites_places(const struct call_sites *sites, uint64_t start,
					   size_t *ret_count);

#endif
