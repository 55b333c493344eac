/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <time.h>

#include "app/look_heap.h"
#include "call_log.h"
#include "files/allocator_finder.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/heap_walk.h"
#include "residency/scan_plan.h"

/* Which mappings are looked at as heaps, of a process whose malloc the script knows. */

enum { BRK_HEAP, ARENA, ANONYMOUS, JAVA, TEXT };

static const struct procfs_options procfs = {.root = "/p"};
static struct address_space *space;
static enum allocator allocator;
static int walk_error;

int64_t clock_ns(clockid_t clock)
{
	return clock == CLOCK_MONOTONIC ? 55 : -1;
}

struct allocator_found allocator_finder_find(struct allocator_finder *finder,
					     const struct address_space *of)
{
	assert_ptr_equal(finder->procfs, &procfs);
	assert_ptr_equal(of, space);
	call_log_say("find");
	return (struct allocator_found){.allocator = allocator};
}

int heap_walk(const struct procfs_options *options, const struct address_space *of,
	      struct allocator_found *found, struct scan_pace *pace, bool pieces,
	      struct heap_usage *ret_heap)
{
	assert_ptr_equal(options, &procfs);
	assert_ptr_equal(of, space);
	assert_int_equal(found->allocator, allocator);
	assert_int_equal(pace->last_ns, 55);
	call_log_say("walk, %g to %g%s", pace->least, pace->most, pieces ? ", pieces" : "");
	if (!walk_error)
		ret_heap->count = 0;
	return walk_error;
}

static int make(void **state)
{
	const struct target target = {.pid = 1, .comm = "test", .page_size = 4096};
	const struct vma vmas[] = {
		[BRK_HEAP] = {.start = 0x1000, .end = 0x2000, .kind = KIND_HEAP, .name = "[heap]"},
		[ARENA] = {.start = 0x3000, .end = 0x4000, .kind = KIND_ARENA, .name = ""},
		[ANONYMOUS] = {.start = 0x5000, .end = 0x6000, .kind = KIND_ANON, .name = ""},
		[JAVA] = {.start = 0x7000,
			  .end = 0x8000,
			  .kind = KIND_ANON,
			  .runtime = RUNTIME_JAVA,
			  .perms = PERM_READ | PERM_WRITE,
			  .name = ""},
		[TEXT] = {.start = 0x9000, .end = 0xa000, .kind = KIND_TEXT, .name = "/a"},
	};

	(void)state;
	walk_error = 0;
	call_log_clear();
	return address_space_create(&target, vmas, sizeof(vmas) / sizeof(vmas[0]), 1, 0, &space);
}

static int destroy(void **state)
{
	(void)state;
	address_space_destroy(space);
	return 0;
}

/* Looks at the mapping; it is walked, or found not to be a heap, without its pieces. */
static void look_at(size_t index, bool is_heap, const char *asked)
{
	struct look_heap look;

	look_heap_init(&look, &procfs, space, index, false);
	assert_int_equal(look.is_heap, is_heap);
	assert_int_equal(look.error, is_heap ? 0 : -ENOENT);
	call_log_expect(asked);
	look_heap_finish(&look);
}

#define WALKED "find\nwalk, 0.5 to 0.7\n"

static void memory_without_a_name_is_the_heap_of_some_allocators(void **state)
{
	(void)state;
	allocator = ALLOCATOR_UNKNOWN;
	look_at(ANONYMOUS, false, "find\n");
	allocator = ALLOCATOR_GLIBC;
	look_at(ANONYMOUS, false, "find\n");
	allocator = ALLOCATOR_MUSL;
	look_at(ANONYMOUS, true, WALKED);
}

static void heaps_by_their_kind_are_heaps_of_any(void **state)
{
	(void)state;
	allocator = ALLOCATOR_UNKNOWN;
	look_at(BRK_HEAP, true, WALKED);
	look_at(ARENA, true, WALKED);
	look_at(JAVA, true, WALKED);
	/* That it is none is known at once. */
	look_at(TEXT, false, "");
}

static void why_it_cannot_be_walked_is_kept(void **state)
{
	struct look_heap look;

	(void)state;
	allocator = ALLOCATOR_GLIBC;
	walk_error = -EACCES;
	look_heap_init(&look, &procfs, space, BRK_HEAP, true);
	assert_true(look.is_heap);
	assert_int_equal(look.error, -EACCES);
	assert_int_equal(look.found.allocator, ALLOCATOR_GLIBC);
	assert_int_equal(look.keeper_count, 1);
	assert_string_equal(look.keepers[0].label, "java heap");
	call_log_expect("find\nwalk, 0.5 to 0.7, pieces\n");
	look_heap_finish(&look);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			memory_without_a_name_is_the_heap_of_some_allocators, make, destroy),
		cmocka_unit_test_setup_teardown(heaps_by_their_kind_are_heaps_of_any, make,
						destroy),
		cmocka_unit_test_setup_teardown(why_it_cannot_be_walked_is_kept, make, destroy),
	};

	return cmocka_run_group_tests_name("look_heap_asked", tests, NULL, NULL);
}
