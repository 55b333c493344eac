/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_OBJECTS_H
#define TESTS_UNIT_FAKE_OBJECTS_H

/*
 * What code is called by, and what is asked for that: objects and lines are the test's own here,
 * and so is the clock.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/errands.h"
#include "files/code_namer.h"
#include "files/inside_cache.h"
#include "files/line_finder.h"
#include "inside/code_class.h"
#include "inside/code_line.h"
#include "inside/inside_object.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"

#define MS INT64_C(1000000)

/* What is found, and how often it was looked for. */
static struct {
	int inside_error, lines_error;
	bool no_object, not_loaded;
	const char *symbol; /* from 0x2000 to 0x2100 in each file */
	struct text records;
	int inside_asked, lines_asked;
	size_t counts[4], count; /* addresses of each question about lines, and in all */
	uint64_t first;          /* of the last */
	int64_t now;
} world;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return world.now;
}

struct inside_cache *inside_cache_create(const struct procfs_options *options)
{
	assert_string_equal(options->root, "/some/proc");
	return memory_alloc(1);
}

void inside_cache_destroy(struct inside_cache *cache)
{
	free(cache);
}

static struct inside_object *make_object(void)
{
	struct inside_parts parts = {.source = INSIDE_SOURCE_SYMTAB};

	parts.strings_size = strlen(world.symbol) + 1;
	parts.strings = memory_alloc(parts.strings_size);
	strcpy(parts.strings, world.symbol);
	parts.names = memory_alloc(sizeof(*parts.names));
	parts.names[0] = (struct inside_name){.address = 0x2000,
					      .size = 0x100,
					      .limit = 0x3000,
					      .name = parts.strings,
					      .shown = parts.strings};
	parts.name_count = 1;
	return inside_object_create(&parts);
}

/* Looking takes 10 ms. */
void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer)
{
	assert_non_null(cache);
	world.inside_asked++;
	world.now += 10 * MS;
	*ret_answer = (struct inside_answer){.start = space->vmas[index].start,
					     .end = space->vmas[index].end,
					     .error = world.inside_error,
					     .loaded = !world.not_loaded,
					     .bias = space->vmas[index].start - 0x1000};
	if (!world.inside_error && !world.no_object)
		ret_answer->object = make_object();
}

void inside_answer_finish(struct inside_answer *answer)
{
	inside_object_unref(answer->object);
	answer->object = NULL;
}

int line_finder_find(struct errands *errands, const struct procfs_options *options, int32_t pid,
		     const struct vma *vma, const uint64_t *addresses, size_t count,
		     struct text *records)
{
	assert_true(errands && vma->inode);
	assert_int_equal(errands->plan.patience, INT64_C(10000000000));
	assert_int_equal(errands->plan.limit, INT64_C(10000000000));
	assert_string_equal(options->root, "/some/proc");
	assert_int_equal(pid, 77);
	world.counts[world.lines_asked++ % 4] = count;
	world.count += count;
	world.first = addresses[0];
	text_append_bytes(records, text_string(&world.records), world.records.length);
	return world.lines_error;
}

#endif
