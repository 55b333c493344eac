/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "maps_space.h"
#include "model/address_space.h"
#include "model/heap_keeper.h"
#include "model/runtime.h"

static void runtimes_have_heaps_beside_malloc(void **state)
{
	struct address_space *space = maps_space_create(
		NULL, "400000-500000 r-xp 0 8:1 8 /bin/x\n"
		      "7f0000000000-7f0000100000 rw-p 0 0:0 0 [anon: Go: heap]\n"
		      "7f0000100000-7f0000400000 ---p 0 0:0 0 [anon: Go: heap]\n"
		      "7f0000500000-7f0000600000 rw-p 0 0:0 0 [anon: Go: immortal metadata]\n"
		      "7f0000700000-7f0000800000 rw-p 0 0:0 0 [anon:mimalloc]\n");
	struct heap_keeper keepers[HEAP_KEEPERS_MAX];
	struct allocator_found found = {.allocator = ALLOCATOR_MIMALLOC};

	(void)state;
	assert_int_equal(heap_keepers_list(space, &found, keepers), 1);
	assert_string_equal(keepers[0].name, "go-heap");
	assert_string_equal(keepers[0].label, "Go heap");
	assert_non_null(keepers[0].ask);
	/* What is reserved only is none of it. */
	assert_int_equal(keepers[0].size, 0x100000);
	found.allocator = ALLOCATOR_GLIBC;
	assert_int_equal(heap_keepers_list(space, &found, keepers), 2);
	assert_string_equal(keepers[1].name, "mimalloc-heap");
	address_space_destroy(space);
}

static void so_have_allocators_with_other_names(void **state)
{
	struct address_space *space =
		maps_space_create(NULL, "400000-500000 r-xp 0 8:1 8 /bin/x\n"
					"7f0000700000-7f0000800000 rw-p 0 0:0 0 [anon:mimalloc]\n");
	struct heap_keeper keepers[HEAP_KEEPERS_MAX];
	const struct allocator_found found = {.allocator = ALLOCATOR_GLIBC,
					      .others = 1u << ALLOCATOR_JEMALLOC |
							1u << ALLOCATOR_MIMALLOC};

	(void)state;
	/* An allocator whose memory has its name appears once. */
	assert_int_equal(heap_keepers_list(space, &found, keepers), 2);
	assert_string_equal(keepers[0].name, "mimalloc-heap");
	assert_int_equal(keepers[0].size, 0x100000);
	assert_string_equal(keepers[1].name, "jemalloc");
	assert_int_equal(keepers[1].size, TARGET_UNKNOWN);
	address_space_destroy(space);
}

/* Each runtime that has a heap, the first and the last, in their order. */
static void each_runtime_keeps_its_own(void **state)
{
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	const struct allocator_found found = {.allocator = ALLOCATOR_UNKNOWN};
	struct heap_keeper keepers[HEAP_KEEPERS_MAX];
	struct vma vmas[RUNTIME_COUNT];
	struct address_space *space;
	size_t count, at = 0;

	(void)state;
	for (unsigned i = 0; i < RUNTIME_COUNT; i++)
		vmas[i] = (struct vma){.start = (i + 1) * UINT64_C(0x100000),
				       .end = (i + 1) * UINT64_C(0x100000) + (i + 1) * 4096,
				       .perms = PERM_READ | PERM_WRITE,
				       .kind = KIND_ANON,
				       .name = "",
				       .runtime = (uint8_t)i};
	assert_int_equal(address_space_create(&target, vmas, RUNTIME_COUNT, 0, 0, &space), 0);
	count = heap_keepers_list(space, &found, keepers);
	for (unsigned i = RUNTIME_NONE + 1; i < RUNTIME_COUNT; i++) {
		if (!runtime_is_heap((enum runtime)i))
			continue;
		assert_true(at < count);
		assert_string_equal(keepers[at].name, runtime_name((enum runtime)i));
		assert_string_equal(keepers[at].label, runtime_label((enum runtime)i));
		assert_int_equal(keepers[at++].size, (i + 1) * 4096);
	}
	assert_int_equal(at, count);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runtimes_have_heaps_beside_malloc),
		cmocka_unit_test(so_have_allocators_with_other_names),
		cmocka_unit_test(each_runtime_keeps_its_own),
	};

	return cmocka_run_group_tests_name("heap_keeper", tests, NULL, NULL);
}
