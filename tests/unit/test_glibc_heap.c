/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "fake_glibc.h"
#include "inside/glibc_heap.h"
#include "inside/heap_memory.h"
#include "inside/heap_usage.h"

#define START  UINT64_C(0x7f0000000000)
#define PAGES  64
#define ARENA  (START + 0x100)
#define HEAP   (START + 0x4000)
#define LIMIT  (START + 0x14000)
#define MAPPED (START + 0x20000)

struct fixture {
	struct fake_memory memory;
	struct fake_arena fake;
	struct heap_range data, writable, heap, mapped;
	uint64_t top;
	struct heap_usage result;
};

/*
 * A heap of used chunks of 0x100 bytes with a free one of 0x3000 after every eighth, up to top. The
 * free ones are in a bin.
 */
static void begin(struct fixture *fixture)
{
	uint64_t at = HEAP, last = 0;

	*fixture = (struct fixture){
		.fake = {ARENA, ARENA, 0, LIMIT - HEAP, FAKE_HEAD_WORDS},
		.data = {START, START + 0x2000},
		.writable = {START, START + PAGES * FAKE_PAGE},
		.heap = {HEAP, LIMIT},
		.mapped = {MAPPED, MAPPED + 0x8000},
	};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	for (int row = 0; row < 4; row++) {
		for (int i = 0; i < 8; i++)
			at = fake_chunk_put(&fixture->memory, at, 0x100, i || !last);
		last = at;
		at = fake_free_put(&fixture->memory, at, 0x3000);
	}
	at = fake_chunk_put(&fixture->memory, at, 0x20, false);
	fake_chunk_put(&fixture->memory, at, LIMIT - at, true);
	fixture->top = fixture->fake.top = at;
	fake_arena_put(&fixture->memory, &fixture->fake);
	fake_bin_put(&fixture->memory, &fixture->fake, 100, last);
}

static void end(struct fixture *fixture)
{
	heap_usage_finish(&fixture->result);
	fake_memory_finish(&fixture->memory);
}

static int read_heap(struct fixture *fixture)
{
	const struct heap_memory memory = {
		.reader = &fixture->memory.reader,
		.word = 8,
		.data = {&fixture->data, 1},
		.writable = {&fixture->writable, 1},
		.anonymous = {&fixture->mapped, 1},
		.heap = fixture->heap,
	};

	heap_usage_finish(&fixture->result);
	return glibc_heap_read(&memory, true, &fixture->result);
}

/* What holds of any heap. */
static void check_sums(const struct heap_usage *heap)
{
	for (size_t i = 0; i < heap->count; i++) {
		const struct heap_arena *usage = &heap->arenas[i];

		assert_int_equal(usage->used + usage->free + usage->top + usage->unknown,
				 usage->system);
		assert_true(usage->cached <= usage->used);
	}
	for (size_t i = 1; i < heap->piece_count; i++)
		assert_true(heap->pieces[i - 1].end <= heap->pieces[i].start);
}

static void a_heap_is_counted_to_the_byte(void **state)
{
	struct fixture fixture;
	const struct heap_arena *usage;

	(void)state;
	begin(&fixture);
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	usage = fixture.result.arenas;
	assert_int_equal(fixture.result.count, 1);
	assert_int_equal(usage->system, LIMIT - HEAP);
	assert_int_equal(usage->free, 4 * 0x3000);
	assert_int_equal(usage->free_chunks, 4);
	assert_int_equal(usage->largest_free, 0x3000);
	assert_int_equal(usage->free_by_class[13], 4 * 0x3000);
	assert_int_equal(usage->used, 32 * 0x100 + 0x20);
	assert_int_equal(usage->used_chunks, 33);
	assert_int_equal(usage->top, LIMIT - fixture.top);
	assert_int_equal(usage->unknown, 0);
	/* Two of three pages of each free chunk. */
	assert_true(usage->resident_free >= 8 * FAKE_PAGE);
	assert_true(heap_usage_certain(&fixture.result) == 1);
	assert_int_equal(fixture.result.piece_count, 32 + 4 + 2);
	assert_int_equal(fixture.result.pieces[8].use, HEAP_USE_FREE);
	assert_int_equal(fixture.result.pieces[37].use, HEAP_USE_TOP);
	end(&fixture);
}

static void a_torn_header_costs_what_lies_up_to_the_next_bin(void **state)
{
	struct fixture fixture;
	const struct heap_arena *usage;
	uint64_t torn = HEAP + 8 * 0x100 + 0x3000 + 0x200, known = HEAP + 3 * 0x3800 + 0x800;

	(void)state;
	begin(&fixture);
	fake_memory_put(&fixture.memory, torn + 8, 0x7);
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	usage = fixture.result.arenas;
	assert_int_equal(usage->unknown, known - torn);
	assert_int_equal(usage->free, 2 * 0x3000);
	assert_int_equal(usage->top, LIMIT - fixture.top);
	assert_true(heap_usage_certain(&fixture.result) < 1);
	end(&fixture);
}

static void pages_that_are_not_in_memory_are_unknown(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	/* The inside of a free chunk has no headers. */
	fixture.memory.absent[6] = true;
	assert_int_equal(read_heap(&fixture), 0);
	assert_int_equal(fixture.result.arenas[0].unknown, 0);
	/* The end of the heap, with top's header. */
	for (size_t i = (fixture.top - START) / FAKE_PAGE; i < 20; i++)
		fixture.memory.absent[i] = true;
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	assert_true(fixture.result.arenas[0].unknown > 0);
	assert_int_equal(fixture.result.arenas[0].top, 0);
	end(&fixture);
}

static void what_others_have_in_the_heap_is_in_use(void **state)
{
	struct fixture fixture;
	uint64_t fence = HEAP + 0x3000, second = HEAP + 0x8000, at;

	(void)state;
	begin(&fixture);
	at = fake_chunk_put(&fixture.memory, HEAP, 0x1000, true);
	at = fake_free_put(&fixture.memory, at, fence - at);
	fake_chunk_put(&fixture.memory, at, 0x10, false);
	fake_chunk_put(&fixture.memory, at + 0x10, 0x10, true);
	memset(fixture.memory.bytes + (fence + 0x20 - START), '!', second - fence - 0x20);
	at = fake_chunk_put(&fixture.memory, second, 0x1000, true);
	fake_chunk_put(&fixture.memory, at, LIMIT - at, true);
	fixture.fake.top = at;
	fake_arena_put(&fixture.memory, &fixture.fake);
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	assert_int_equal(fixture.result.arenas[0].free, 0x2000);
	assert_int_equal(fixture.result.arenas[0].top, LIMIT - at);
	assert_int_equal(fixture.result.arenas[0].unknown, 0);
	assert_int_equal(fixture.result.arenas[0].used_chunks, 2);
	end(&fixture);
}

static void an_arena_that_grew_meanwhile_adds_up(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.fake.system = 0x1000;
	fake_arena_put(&fixture.memory, &fixture.fake);
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	end(&fixture);
}

static void chunks_with_mappings_of_their_own_are_listed(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fake_memory_put(&fixture.memory, MAPPED + 8, 0x3002);
	fake_memory_put(&fixture.memory, MAPPED + 0x3008, 0x4002);
	/* Larger than what is left of the mapping. */
	fake_memory_put(&fixture.memory, MAPPED + 0x7008, 0x2002);
	assert_int_equal(read_heap(&fixture), 0);
	check_sums(&fixture.result);
	assert_int_equal(fixture.result.mapped, 0x7000);
	assert_int_equal(fixture.result.mapped_chunks, 2);
	end(&fixture);
}

static void without_an_arena_there_is_nothing(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.data.start = HEAP;
	assert_int_equal(read_heap(&fixture), -ENOENT);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_heap_is_counted_to_the_byte),
		cmocka_unit_test(a_torn_header_costs_what_lies_up_to_the_next_bin),
		cmocka_unit_test(pages_that_are_not_in_memory_are_unknown),
		cmocka_unit_test(what_others_have_in_the_heap_is_in_use),
		cmocka_unit_test(an_arena_that_grew_meanwhile_adds_up),
		cmocka_unit_test(chunks_with_mappings_of_their_own_are_listed),
		cmocka_unit_test(without_an_arena_there_is_nothing),
	};

	return cmocka_run_group_tests_name("glibc_heap", tests, NULL, NULL);
}
