/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What lists of chunks tell of those that look as if they were in use, in two arenas. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_heap.h"
#include "inside/heap_memory.h"
#include "inside/heap_usage.h"

#define START  UINT64_C(0x7f0000000000)
#define PAGES  64
#define MAIN   (START + 0x100)
#define HEAP   (START + 0x4000) /* of the main arena; its first chunk is a thread's cache */
#define CACHED (HEAP + 0x290)
#define FAST   (HEAP + 0x2e0) /* two chunks */
#define LIMIT  (HEAP + 0x4000)
#define THREAD (START + 0x10000) /* the heap of a thread's arena */
#define OTHER  (THREAD + 0x8c0)  /* its first chunk, which is cached, too */
#define MAPPED (START + 0x20000)

struct fixture {
	struct fake_memory memory;
	struct fake_arena main, thread;
	struct heap_usage result;
};

/* A chunk that is in a list, and leads to the next one. */
static void put_listed(struct fixture *fixture, uint64_t chunk, uint64_t size, uint64_t next)
{
	fake_chunk_put(&fixture->memory, chunk, size, true);
	fake_memory_put(&fixture->memory, chunk + 16, next ^ ((chunk + 16) >> 12));
}

static void put_main(struct fixture *fixture)
{
	struct fake_memory *memory = &fixture->memory;
	uint64_t at = fake_chunk_put(memory, HEAP, 0x290, true);
	uint64_t bins = fake_arena_bins(memory, &fixture->main);

	memory->bytes[HEAP + 16 + 2 * 3 - START] = 2; /* chunks in its list of 0x50 bytes */
	fake_memory_put(memory, HEAP + 16 + 2 * 64 + 8 * 3, CACHED + 16);
	put_listed(fixture, CACHED, 0x50, OTHER + 16);
	put_listed(fixture, FAST, 0x40, FAST + 0x40);
	put_listed(fixture, FAST + 0x40, 0x40, 0);
	at = fake_chunk_put(memory, FAST + 0x80, 0x100, true);
	at = fake_chunk_put(memory, at, HEAP + 0x1000 - at, true);
	at = fake_free_put(memory, at, 0x2000);
	at = fake_chunk_put(memory, at, 0x20, false);
	fixture->main.top = at;
	fake_chunk_put(memory, at, LIMIT - at, true);
	fake_arena_put(memory, &fixture->main);
	fake_memory_put(memory, bins - (2 + GLIBC_FAST_BINS - 2) * 8, FAST);
}

static void put_thread(struct fixture *fixture)
{
	struct fake_memory *memory = &fixture->memory;

	fake_memory_put(memory, THREAD, fixture->thread.address);
	fake_memory_put(memory, THREAD + 16, 0x3000);
	put_listed(fixture, OTHER, 0x50, 0);
	fake_chunk_put(memory, OTHER + 0x50, THREAD + 0x2000 - OTHER - 0x50, true);
	fake_chunk_put(memory, THREAD + 0x2000, 0x1000, true);
	fake_arena_put(memory, &fixture->thread);
	/* Beside them is a chunk with a mapping of its own. */
	fake_memory_put(memory, MAPPED + 8, 0x3002);
}

static void begin(struct fixture *fixture, uint64_t system)
{
	*fixture = (struct fixture){
		.main = {MAIN, THREAD + 0x20, 0, system, FAKE_HEAD_WORDS},
		.thread = {THREAD + 0x20, MAIN, THREAD + 0x2000, 0x3000, FAKE_HEAD_WORDS},
	};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	put_main(fixture);
	put_thread(fixture);
}

static void end(struct fixture *fixture)
{
	heap_usage_finish(&fixture->result);
	fake_memory_finish(&fixture->memory);
}

static void read_heap(struct fixture *fixture, bool pieces)
{
	const struct heap_range data = {START, START + 0x2000};
	const struct heap_range writable = {START, START + PAGES * FAKE_PAGE};
	const struct heap_range anonymous[] = {{THREAD, THREAD + 0x3000},
					       {MAPPED, MAPPED + 0x8000}};
	const struct heap_memory memory = {
		.reader = &fixture->memory.reader,
		.word = 8,
		.data = {&data, 1},
		.writable = {&writable, 1},
		.anonymous = {anonymous, 2},
		.heap = {HEAP, LIMIT},
		.heap_limit = LIMIT,
	};

	assert_int_equal(glibc_heap_read(&memory, pieces, &fixture->result), 0);
	assert_int_equal(fixture->result.allocator, ALLOCATOR_GLIBC);
	assert_int_equal(fixture->result.count, 2);
}

static void both_arenas_are_counted_to_the_byte(void **state)
{
	const struct heap_arena *usage;
	struct fixture fixture;

	(void)state;
	begin(&fixture, 0x4000);
	read_heap(&fixture, false);
	usage = &fixture.result.arenas[0];
	assert_int_equal(usage->address, MAIN);
	assert_true(usage->is_main);
	assert_int_equal(usage->system, 0x4000);
	assert_int_equal(usage->free, 0x2000 + 2 * 0x40);
	assert_int_equal(usage->free_chunks, 3);
	assert_int_equal(usage->largest_free, 0x2000);
	assert_int_equal(usage->top, 0xfe0);
	assert_int_equal(usage->unknown, 0);
	assert_int_equal(usage->used, 0x4000 - 0x2080 - 0xfe0);
	/* The cache, three of others and the one that it keeps. */
	assert_int_equal(usage->used_chunks, 5);
	assert_int_equal(usage->cached, 0x50);
	assert_int_equal(usage->cached_chunks, 1);
	/* The second page of the free chunk; the page with top's begin has one small chunk. */
	assert_int_equal(usage->resident_free, 0x1000);
	assert_int_equal(usage->pinned, 0x1000);
	usage = &fixture.result.arenas[1];
	assert_int_equal(usage->address, THREAD + 0x20);
	assert_false(usage->is_main);
	assert_int_equal(usage->system, 0x3000);
	assert_int_equal(usage->free, 0);
	assert_int_equal(usage->top, 0x1000);
	assert_int_equal(usage->used, 0x2000);
	assert_int_equal(usage->used_chunks, 2);
	assert_int_equal(usage->cached, 0x50);
	assert_int_equal(usage->cached_chunks, 1);
	assert_int_equal(usage->resident_free, 0);
	assert_int_equal(usage->pinned, 0);
	assert_int_equal(fixture.result.mapped, 0x3000);
	assert_int_equal(fixture.result.mapped_chunks, 1);
	/* They were not asked for. */
	assert_int_equal(fixture.result.piece_count, 0);
	assert_null(fixture.result.pieces);
	end(&fixture);
}

static void pieces_are_what_lists_say(void **state)
{
	static const struct heap_piece pieces[] = {
		{HEAP, CACHED, 0, HEAP_USE_USED, 0},
		{CACHED, FAST, 0, HEAP_USE_CACHED, 0},
		{FAST, FAST + 0x40, 0x40, HEAP_USE_FREE, 0},
		{FAST + 0x40, FAST + 0x80, 0x40, HEAP_USE_FREE, 0},
		{FAST + 0x80, FAST + 0x180, 0, HEAP_USE_USED, 0},
		{FAST + 0x180, HEAP + 0x1000, 0, HEAP_USE_USED, 0},
		{HEAP + 0x1000, HEAP + 0x3000, 0x2000, HEAP_USE_FREE, 0},
		{HEAP + 0x3000, HEAP + 0x3020, 0, HEAP_USE_USED, 0},
		{HEAP + 0x3020, LIMIT, 0xfe0, HEAP_USE_TOP, 0},
		{THREAD, OTHER, 0, HEAP_USE_OTHER, 1},
		{OTHER, OTHER + 0x50, 0, HEAP_USE_CACHED, 1},
		{OTHER + 0x50, THREAD + 0x2000, 0, HEAP_USE_USED, 1},
		{THREAD + 0x2000, THREAD + 0x3000, 0x1000, HEAP_USE_TOP, 1},
		{MAPPED, MAPPED + 0x3000, 0, HEAP_USE_MAPPED, 0},
	};
	const size_t count = sizeof(pieces) / sizeof(pieces[0]);
	struct fixture fixture;
	uint64_t before = 0;

	(void)state;
	begin(&fixture, 0x4000);
	read_heap(&fixture, true);
	assert_int_equal(fixture.result.piece_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct heap_piece *piece = &fixture.result.pieces[i];

		assert_int_equal(piece->start, pieces[i].start);
		assert_int_equal(piece->end, pieces[i].end);
		assert_int_equal(piece->free, pieces[i].free);
		assert_int_equal(piece->use, pieces[i].use);
		assert_int_equal(piece->arena, pieces[i].arena);
		assert_int_equal(fixture.result.free_before[i], before);
		before += pieces[i].free;
	}
	assert_int_equal(fixture.result.free_before[count], before);
	end(&fixture);
}

/* A cache is the target's word: no more is cached than is in use. */
static void no_more_is_cached_than_used(void **state)
{
	const uint64_t known = 0x2080 + 0xfe0;
	struct fixture fixture;

	(void)state;
	for (uint64_t used = 0x40; used <= 0x50; used += 0x10) {
		begin(&fixture, known + used);
		read_heap(&fixture, false);
		assert_int_equal(fixture.result.arenas[0].used, used);
		assert_int_equal(fixture.result.arenas[0].cached, used < 0x50 ? 0 : 0x50);
		assert_int_equal(fixture.result.arenas[0].cached_chunks, used < 0x50 ? 0 : 1);
		assert_int_equal(fixture.result.arenas[1].cached_chunks, 1);
		end(&fixture);
	}
}

static void what_is_cached_beside_all_arenas_counts_for_none(void **state)
{
	const uint64_t beside = START + 0x3000;
	struct fixture fixture;

	(void)state;
	begin(&fixture, 0x4000);
	put_listed(&fixture, CACHED, 0x50, beside + 16);
	put_listed(&fixture, beside, 0x50, 0);
	read_heap(&fixture, false);
	assert_int_equal(fixture.result.arenas[0].cached, 0x50);
	assert_int_equal(fixture.result.arenas[1].cached, 0);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_arenas_are_counted_to_the_byte),
		cmocka_unit_test(pieces_are_what_lists_say),
		cmocka_unit_test(no_more_is_cached_than_used),
		cmocka_unit_test(what_is_cached_beside_all_arenas_counts_for_none),
	};

	return cmocka_run_group_tests_name("glibc_heap_lists", tests, NULL, NULL);
}
