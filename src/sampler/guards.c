/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/guards.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "model/classify.h"

#define PIECE      (UINT64_C(32) << 20) /* bytes walked under one hold of the lock: about 50 us */
#define PIECES_MAX 1280                 /* of one mapping in one sample: 4096 stacks of 8 MiB */
#define TIME_MAX   INT64_C(2000000)     /* ns of work: then no further mapping is asked about */
#define LEAST      40                   /* pieces that are walked however long they take */
#define LONG       INT64_C(50000)       /* ns of a walk after which the target gets a pause */
#define PAUSE      INT64_C(200000)      /* ns */
#define SAMPLES    10                   /* that an answer is good for */
#define TOP_MAX    (UINT64_C(64) << 10) /* from what is on top of a stack to the end of it */

/* What was told of a mapping. */
struct guards_known {
	uint64_t start, end; /* the mapping */
	uint64_t threads;    /* a hash of who has a stack there */
	unsigned samples;    /* that used it */
	size_t first, count; /* of the ranges of that sample */
};

/* A place that a thread has, or may have, its stack at. */
struct point {
	uint64_t address;
	int32_t tid;
	bool top;
};

/* One sample. */
struct look {
	struct guards *guards;
	int pagemap;
	int64_t end_ns;  /* of the thread's processor time: waiting for a processor is no work */
	unsigned walked; /* pieces */
	struct point *points;
	size_t point_count, point, former; /* the next ones */
	size_t first;                      /* range of the mapping that is asked about */
};

static int compare_points(const void *left, const void *right)
{
	const struct point *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return (a->tid > b->tid) - (a->tid < b->tid);
}

static void collect_points(struct look *look, const struct thread_stack_pointer *stacks,
			   size_t count)
{
	look->points = memory_alloc((2 * count + 1) * sizeof(*look->points));
	for (size_t i = 0; i < count; i++) {
		if (stacks[i].own)
			look->points[look->point_count++] =
				(struct point){stacks[i].own, stacks[i].tid, stacks[i].own_on_top};
		if (stacks[i].address)
			look->points[look->point_count++] =
				(struct point){stacks[i].address, stacks[i].tid, false};
	}
	qsort(look->points, look->point_count, sizeof(*look->points), compare_points);
}

static bool may_hold_stacks(const struct vma *vma)
{
	const uint8_t needed = PERM_READ | PERM_WRITE;

	return (vma->perms & needed) == needed && !(vma->perms & PERM_SHARED) && !vma->inode &&
	       (!vma->name[0] || strncmp(vma->name, "[anon:", 6) == 0);
}

/* Whether maps shows all that there is: one stack, with its guard below and nothing above. */
static bool is_explained(const struct vma *vmas, size_t i, const struct point *points, size_t count)
{
	uint64_t top = 0;

	if (i == 0 || vmas[i - 1].end != vmas[i].start || (vmas[i - 1].perms & PERM_ACCESS))
		return false;
	for (size_t n = 0; n < count; n++) {
		if (points[n].tid != points[0].tid)
			return false;
		if (points[n].top)
			top = points[n].address;
	}
	return !top || vmas[i].end - top <= TOP_MAX;
}

static uint64_t hash_of(const struct point *points, size_t count)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ (uint32_t)points[i].tid ^
			(points[i].top ? points[i].address << 32 : 0)) *
		       UINT64_C(1099511628211);
	return hash;
}

static void add_range(struct look *look, struct guard_range range)
{
	struct guards *guards = look->guards;

	if (guards->count > look->first && guards->ranges[guards->count - 1].end == range.start) {
		guards->ranges[guards->count - 1].end = range.end;
		return;
	}
	guards->ranges = memory_array_grow(guards->ranges, guards->count, &guards->capacity,
					   sizeof(*guards->ranges));
	guards->ranges[guards->count++] = range;
}

/* Walks from start to end; takes at most *pieces. Returns false when it could not be walked. */
static bool walk(struct look *look, uint64_t start, uint64_t end, unsigned *pieces)
{
	const struct timespec pause = {.tv_nsec = PAUSE};
	struct guard_range found[PAGEMAP_SCAN_REGIONS];

	while (start < end) {
		uint64_t to = end - start > PIECE ? start + PIECE : end;
		int64_t began = clock_ns(CLOCK_MONOTONIC);
		size_t count;
		int error;

		if ((*pieces)-- == 0)
			return false;
		look->walked++;
		error = pagemap_scan_guards(look->pagemap, start, to, found, &count, &start);
		if (error) {
			look->guards->unsupported = error == -EINVAL || error == -ENOTTY;
			return false;
		}
		for (size_t i = 0; i < count; i++)
			add_range(look, found[i]);
		if (clock_ns(CLOCK_MONOTONIC) - began > LONG && start < end)
			nanosleep(&pause, NULL);
	}
	return true;
}

static uint64_t reach_start(const struct vma *vma, uint64_t address)
{
	return address - vma->start > GUARDS_REACH ? (address - GUARDS_REACH) & ~UINT64_C(4095)
						   : vma->start;
}

static uint64_t reach_end(const struct vma *vma, uint64_t address)
{
	return vma->end - address > GUARDS_REACH ? address + GUARDS_REACH : vma->end;
}

/*
 * Walks what is in reach of the points; of a mapping without any, all. What several points reach is
 * one walk: pieces are counted, and those of thousands of small stacks must not be tiny.
 */
static bool walk_mapping(struct look *look, const struct vma *vma, const struct point *points,
			 size_t count)
{
	unsigned pieces = PIECES_MAX;

	if (!count)
		return walk(look, vma->start, vma->end, &pieces);
	for (size_t i = 0; i < count;) {
		uint64_t from = reach_start(vma, points[i].address), to;

		do
			to = reach_end(vma, points[i].address);
		while (++i < count && reach_start(vma, points[i].address) <= to);
		if (!walk(look, from, to, &pieces))
			return false;
	}
	return true;
}

/* What was told of the same mapping before; NULL when nothing was. */
static const struct guards_known *find_former(struct look *look, const struct guards_known *now)
{
	const struct guards *guards = look->guards;

	while (look->former < guards->former_count &&
	       guards->former[look->former].start < now->start)
		look->former++;
	if (look->former == guards->former_count)
		return NULL;
	return guards->former[look->former].start == now->start &&
			       guards->former[look->former].end == now->end &&
			       guards->former[look->former].threads == now->threads
		       ? &guards->former[look->former]
		       : NULL;
}

static void ask(struct look *look, const struct vma *vma, const struct point *points, size_t count)
{
	struct guards *guards = look->guards;
	struct guards_known now = {.start = vma->start,
				   .end = vma->end,
				   .threads = hash_of(points, count),
				   .first = guards->count};
	const struct guards_known *former = find_former(look, &now);
	bool late = look->walked >= LEAST && clock_ns(CLOCK_THREAD_CPUTIME_ID) > look->end_ns;

	if (guards->unsupported || (late && !former))
		return;
	look->first = guards->count;
	if (former && (late || former->samples < SAMPLES)) {
		now.samples = former->samples + 1;
		for (size_t i = 0; i < former->count; i++)
			add_range(look, guards->kept[former->first + i]);
	} else if (!walk_mapping(look, vma, points, count)) {
		guards->count = now.first;
		return;
	}
	now.count = guards->count - now.first;
	guards->known = memory_array_grow(guards->known, guards->known_count,
					  &guards->known_capacity, sizeof(*guards->known));
	guards->known[guards->known_count++] = now;
}

/* What is known becomes what was. */
static void turn_over(struct guards *guards)
{
	struct guard_range *ranges = guards->kept;
	struct guards_known *known = guards->former;
	size_t capacity = guards->kept_capacity, known_capacity = guards->former_capacity;

	guards->kept = guards->ranges;
	guards->kept_count = guards->count;
	guards->kept_capacity = guards->capacity;
	guards->former = guards->known;
	guards->former_count = guards->known_count;
	guards->former_capacity = guards->known_capacity;
	guards->ranges = ranges;
	guards->capacity = capacity;
	guards->known = known;
	guards->known_capacity = known_capacity;
	guards->count = guards->known_count = 0;
}

/* How many points are in the VMA, the first of which is the look's next one. */
static size_t count_points(struct look *look, const struct vma *vma)
{
	size_t count = 0;

	while (look->point < look->point_count && look->points[look->point].address < vma->start)
		look->point++;
	while (look->point + count < look->point_count &&
	       look->points[look->point + count].address < vma->end)
		count++;
	return count;
}

/* Asks about all mappings that there is reason to. */
static void ask_all(struct look *look, int directory, const struct vma *vmas, size_t vma_count,
		    bool missing)
{
	for (size_t i = 0; i < vma_count && (missing || look->point < look->point_count); i++) {
		size_t count = count_points(look, &vmas[i]);
		const struct point *points = &look->points[look->point];

		look->point += count;
		if (!may_hold_stacks(&vmas[i]) ||
		    (count ? is_explained(vmas, i, points, count)
			   : !missing || vma_size(&vmas[i]) > GUARDS_REACH))
			continue;
		if (look->pagemap < 0)
			look->pagemap = proc_file_open(directory, "pagemap");
		if (look->pagemap < 0)
			return;
		ask(look, &vmas[i], points, count);
	}
}

void guards_read(struct guards *guards, int directory, const struct vma *vmas, size_t vma_count,
		 const struct thread_stack_pointer *stacks, size_t stack_count, bool missing)
{
	struct look look = {.guards = guards, .pagemap = -1};

	turn_over(guards);
	if (guards->unsupported || (!stack_count && !missing))
		return;
	collect_points(&look, stacks, stack_count);
	look.end_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID) + TIME_MAX;
	ask_all(&look, directory, vmas, vma_count, missing);
	if (look.pagemap >= 0)
		close(look.pagemap);
	free(look.points);
}

void guards_finish(struct guards *guards)
{
	free(guards->ranges);
	free(guards->known);
	free(guards->former);
	free(guards->kept);
	*guards = (struct guards){0};
}
