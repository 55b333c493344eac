/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/look_heap.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "own_space.h"
#include "support/capture.h"

static const struct procfs_options procfs = {.root = "/proc"};

static size_t find_kind(const struct address_space *space, enum kind kind)
{
	size_t index = 0;

	while (index < space->vma_count && space->vmas[index].kind != kind)
		index++;
	return index;
}

static void only_heaps_are_walked(void **state)
{
	struct address_space *space = own_space_read();
	struct look_heap look;
	size_t index = find_kind(space, KIND_TEXT);

	(void)state;
	assert_true(index < space->vma_count);
	look_heap_init(&look, &procfs, space, index, false);
	assert_false(look.is_heap);
	assert_int_equal(look.error, -ENOENT);
	look_heap_finish(&look);
	address_space_destroy(space);
}

static void an_arena_is_a_line(void **state)
{
	struct heap_arena arenas[] = {
		{.address = 0x7f10, .is_main = true, .system = 10, .used = 5, .free = 3, .top = 2},
		{.address = 0x7f20, .system = 10, .used = 5, .top = 2, .unknown = 3}};

	arenas[0].free_by_class[5] = 96;
	arenas[0].free_by_class[20] = 3 << 20;
	const struct look_heap look = {.is_heap = true,
				       .found = {.allocator = ALLOCATOR_GLIBC},
				       .heap = {.arenas = arenas, .count = 2}};
	char *written;
	size_t length;
	FILE *stream = open_memstream(&written, &length);

	(void)state;
	look_heap_write(&look, stream);
	fclose(stream);
	assert_string_equal(written,
			    "malloc glibc  ask malloc_info(0, stdout), malloc_stats()\n"
			    "arena  000000007f10 (main)  size 10  used 5  free 3  top 2\n"
			    "holes  32+ 96  1048576+ 3145728\n"
			    "arena  000000007f20  size 10  used 5  free 0  top 2  unknown 3\n");
	free(written);
}

static void without_arenas_it_says_why_and_what_to_ask(void **state)
{
	struct look_heap look = {.is_heap = true,
				 .error = -ENOENT,
				 .found = {.allocator = ALLOCATOR_HOARD},
				 .keeper_count = 2};
	char *written;
	size_t length;
	FILE *stream = open_memstream(&written, &length);

	(void)state;
	look.keepers[0] = (struct heap_keeper){"java-heap", "java heap", "jcmd PID", 4096};
	look.keepers[1] = (struct heap_keeper){"snmalloc", "snmalloc", NULL, TARGET_UNKNOWN};
	look_heap_write(&look, stream);
	fclose(stream);
	assert_string_equal(written, "malloc hoard\n"
				     "other  java-heap  size 4096  ask jcmd PID\n"
				     "other  snmalloc\n"
				     "heap   -  vastop cannot look inside hoard.\n");
	free(written);
}

static void its_own_heap_is_walked(void **state)
{
	struct address_space *space = own_space_read();
	size_t index = find_kind(space, KIND_HEAP);
	struct look_heap look;

	(void)state;
	if (index == space->vma_count) {
		address_space_destroy(space);
		skip();
	}
	look_heap_init(&look, &procfs, space, index, true);
	assert_true(look.is_heap);
	/* The sanitizers have a malloc of their own. */
	assert_true(look.error || look.heap.count > 0);
	look_heap_finish(&look);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_heaps_are_walked),
		cmocka_unit_test(an_arena_is_a_line),
		cmocka_unit_test(without_arenas_it_says_why_and_what_to_ask),
		cmocka_unit_test(its_own_heap_is_walked),
	};

	return cmocka_run_group_tests_name("look_heap", tests, NULL, NULL);
}
