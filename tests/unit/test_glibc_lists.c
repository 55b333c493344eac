/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_lists.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 32
#define ARENA (START + 0x100)
#define HEAP  (START + 0x4000)

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct heap_range range;
	struct heap_ranges writable;
	struct fake_arena fake;
	struct glibc_arena arena;
	struct glibc_list list;
};

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){.fake = {ARENA, ARENA, HEAP, 0x1000, FAKE_HEAD_WORDS}};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	memory_window_init(&fixture->window, &fixture->memory.reader, 8, 4);
	fixture->range = (struct heap_range){START, START + PAGES * FAKE_PAGE};
	fixture->writable = (struct heap_ranges){&fixture->range, 1};
	fake_arena_put(&fixture->memory, &fixture->fake);
	fixture->arena = (struct glibc_arena){
		.address = ARENA,
		.bins = fake_arena_bins(&fixture->memory, &fixture->fake),
		.has_fast_bins = true,
	};
}

static void end(struct fixture *fixture)
{
	glibc_list_finish(&fixture->list);
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static void read_bins(struct fixture *fixture)
{
	memory_window_forget(&fixture->window);
	glibc_list_bins(&fixture->list, &fixture->window, &fixture->writable, &fixture->arena);
}

static void lists_of_bins_are_followed(void **state)
{
	struct fixture fixture;
	uint64_t first = HEAP + 0x800, second = HEAP, self;

	(void)state;
	begin(&fixture);
	self = fake_arena_bin(&fixture.memory, &fixture.fake, 5) - 16;
	fake_free_put(&fixture.memory, first, 0x400);
	fake_free_put(&fixture.memory, second, 0x500);
	fake_memory_put(&fixture.memory, self + 16, first);
	fake_memory_put(&fixture.memory, first + 16, second);
	fake_memory_put(&fixture.memory, second + 16, self);
	read_bins(&fixture);
	glibc_list_sort(&fixture.list);
	assert_int_equal(fixture.list.count, 2);
	assert_int_equal(fixture.list.chunks[0].start, second);
	assert_int_equal(fixture.list.chunks[0].size, 0x500);
	assert_int_equal(fixture.list.chunks[1].start, first);
	assert_true(glibc_list_has(&fixture.list, first));
	assert_false(glibc_list_has(&fixture.list, first + 16));
	end(&fixture);
}

/* Too small, not a multiple, larger than what may be written, not aligned. */
static void what_is_no_chunk_is_in_no_list(void **state)
{
	static const uint64_t sizes[] = {0x10, 0x408, PAGES * FAKE_PAGE, 0x400, 0x20};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		uint64_t chunk = i == 3 ? HEAP + 4 : HEAP, self;
		struct fixture fixture;

		begin(&fixture);
		self = fake_arena_bin(&fixture.memory, &fixture.fake, 5) - 16;
		fake_memory_put(&fixture.memory, self + 16, chunk);
		fake_memory_put(&fixture.memory, chunk + 8, sizes[i] | FAKE_IN_USE);
		fake_memory_put(&fixture.memory, chunk + 16, self);
		read_bins(&fixture);
		assert_int_equal(fixture.list.count, i == 4);
		end(&fixture);
	}
}

static void each_chunk_is_listed_once(void **state)
{
	static const uint64_t starts[] = {3, 1, 2, 1, 3, 3, 1, 9};
	static const uint64_t kept[] = {1, 2, 3, 9};
	struct glibc_list list = {.count = 8};

	(void)state;
	list.chunks = memory_alloc(8 * sizeof(*list.chunks));
	for (size_t i = 0; i < 8; i++)
		list.chunks[i].start = starts[i];
	glibc_list_sort(&list);
	assert_int_equal(list.count, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(list.chunks[i].start, kept[i]);
	for (uint64_t start = 0; start <= 10; start++)
		assert_int_equal(glibc_list_has(&list, start),
				 (start >= 1 && start <= 3) || start == 9);
	glibc_list_finish(&list);
	assert_null(list.chunks);
	glibc_list_sort(&list);
	assert_false(glibc_list_has(&list, 0));
}

static void a_list_without_an_end_costs_bounded_time(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	for (unsigned i = 0; i < GLIBC_BINS; i++)
		fake_bin_put(&fixture.memory, &fixture.fake, i, HEAP);
	fake_free_put(&fixture.memory, HEAP, 0x400);
	fake_memory_put(&fixture.memory, HEAP + 16, HEAP);
	read_bins(&fixture);
	glibc_list_sort(&fixture.list);
	assert_int_equal(fixture.list.count, 1);
	end(&fixture);
}

/* A chunk whose bytes begin with the link, mangled or not. */
static void put_link(struct fixture *fixture, uint64_t chunk, uint64_t size, uint64_t link,
		     bool mangled)
{
	fake_chunk_put(&fixture->memory, chunk, size, true);
	fake_memory_put(&fixture->memory, chunk + 16, mangled ? link ^ ((chunk + 16) >> 12) : link);
}

static void fast_bins_are_read_mangled_or_not(void **state)
{
	(void)state;
	for (int mangled = 0; mangled < 2; mangled++) {
		struct fixture fixture;
		uint64_t bins;

		begin(&fixture);
		bins = fixture.arena.bins - (2 + GLIBC_FAST_BINS) * 8;
		fake_memory_put(&fixture.memory, bins + 2 * 8, HEAP);
		put_link(&fixture, HEAP, 0x40, HEAP + 0x1000, mangled);
		put_link(&fixture, HEAP + 0x1000, 0x40, 0, mangled);
		/* One whose size is not that of the list. */
		fake_memory_put(&fixture.memory, bins + 3 * 8, HEAP);
		glibc_list_fast_bins(&fixture.list, &fixture.window, &fixture.writable,
				     &fixture.arena);
		assert_int_equal(fixture.list.count, 2);
		assert_int_equal(fixture.list.chunks[1].start, HEAP + 0x1000);
		fixture.list.count = 0;
		fixture.arena.has_fast_bins = false;
		glibc_list_fast_bins(&fixture.list, &fixture.window, &fixture.writable,
				     &fixture.arena);
		assert_int_equal(fixture.list.count, 0);
		end(&fixture);
	}
}

/* How a cache of a version lies in its chunk. */
struct shape {
	uint64_t size; /* of the chunk */
	unsigned lists, count_bytes;
	bool room; /* counts say how many chunks would still fit */
};

static const struct shape shapes[] = {
	{0x250, 64, 1, false}, {0x290, 64, 2, false}, {0x300, 76, 2, true}};

static uint64_t entry(const struct shape *shape, unsigned list)
{
	return HEAP + 16 + (uint64_t)shape->lists * shape->count_bytes + 8 * list;
}

static void put_count(struct fixture *fixture, const struct shape *shape, unsigned list,
		      uint8_t count)
{
	fixture->memory.bytes[HEAP + 16 + (uint64_t)list * shape->count_bytes - START] = count;
}

static bool read_cache(struct fixture *fixture, const struct shape *shape)
{
	const struct glibc_chunk chunk = {HEAP, HEAP + shape->size, GLIBC_CHUNK_USED};

	memory_window_forget(&fixture->window);
	return glibc_list_cache(&fixture->list, &fixture->window, &fixture->writable, &chunk);
}

static void caches_of_all_versions_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const struct shape *shape = &shapes[i];
		struct fixture fixture;

		begin(&fixture);
		put_count(&fixture, shape, 3, shape->room ? 5 : 2);
		fake_memory_put(&fixture.memory, entry(shape, 3), HEAP + 0x1000 + 16);
		put_link(&fixture, HEAP + 0x1000, 0x50, HEAP + 0x2000 + 16, i > 0);
		put_link(&fixture, HEAP + 0x2000, 0x50, 0, i > 0);
		assert_true(read_cache(&fixture, shape));
		assert_int_equal(fixture.list.count, 2);
		assert_int_equal(fixture.list.chunks[0].start, HEAP + 0x1000);
		assert_int_equal(fixture.list.chunks[0].size, 0x50);
		end(&fixture);
	}
}

/* By the size of their chunk, which may be rounded up. */
static void caches_are_of_certain_sizes(void **state)
{
	static const struct {
		uint64_t size;
		bool is;
	} sizes[] = {{0x240, false}, {0x248, true}, {0x250, true}, {0x257, true},  {0x258, false},
		     {0x287, false}, {0x288, true}, {0x297, true}, {0x298, false}, {0x2ff, false},
		     {0x300, true},  {0x30f, true}, {0x310, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const struct shape shape = {.size = sizes[i].size};
		struct fixture fixture;

		begin(&fixture);
		assert_int_equal(read_cache(&fixture, &shape), sizes[i].is);
		assert_int_equal(fixture.list.count, 0);
		end(&fixture);
	}
}

static void what_is_no_cache_adds_nothing(void **state)
{
	const struct shape *shape = &shapes[1];
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	/* Chunks without a count, a link into nowhere, one to a chunk of another size. */
	fake_memory_put(&fixture.memory, entry(shape, 3), HEAP + 0x1000 + 16);
	put_link(&fixture, HEAP + 0x1000, 0x50, 0, true);
	assert_false(read_cache(&fixture, shape));
	put_count(&fixture, shape, 3, 1);
	assert_true(read_cache(&fixture, shape));
	fixture.list.count = 0;
	fake_memory_put(&fixture.memory, entry(shape, 3), 0x1234);
	assert_false(read_cache(&fixture, shape));
	put_link(&fixture, HEAP + 0x1000, 0x60, 0, true);
	fake_memory_put(&fixture.memory, entry(shape, 3), HEAP + 0x1000 + 16);
	assert_false(read_cache(&fixture, shape));
	assert_int_equal(fixture.list.count, 0);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_bins_are_followed),
		cmocka_unit_test(what_is_no_chunk_is_in_no_list),
		cmocka_unit_test(each_chunk_is_listed_once),
		cmocka_unit_test(a_list_without_an_end_costs_bounded_time),
		cmocka_unit_test(fast_bins_are_read_mangled_or_not),
		cmocka_unit_test(caches_of_all_versions_are_read),
		cmocka_unit_test(caches_are_of_certain_sizes),
		cmocka_unit_test(what_is_no_cache_adds_nothing),
	};

	return cmocka_run_group_tests_name("glibc_lists", tests, NULL, NULL);
}
