/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What others have among chunks, and pieces of memory that are not in the brk heap. */

#include "glibc_walk.h"

#define HEAP (START + 0x8000)

/* A brk heap of the main arena, whose pieces are listed. */
static void begin_heap(struct fixture *fixture, uint64_t end, uint64_t system)
{
	begin(fixture, 0, system);
	fixture->heap = (struct heap_range){HEAP, end};
	fixture->walker.list_pieces = true;
}

/* A chunk of a page, so many small ones that the place is sure, and top up to the limit. */
static void put_sure(struct fixture *fixture, uint64_t start, uint64_t limit)
{
	uint64_t at = fake_chunk_put(&fixture->memory, start, 0x1000, true);

	for (int i = 0; i < 8; i++)
		at = fake_chunk_put(&fixture->memory, at, 0x100, true);
	fixture->arena.top = at;
	fake_chunk_put(&fixture->memory, at, limit - at, true);
}

/* The same as pieces: the first one and those that follow. Returns their number. */
static size_t list_sure(struct heap_piece *pieces, uint64_t start, uint64_t limit, uint64_t free)
{
	uint64_t at = start + 0x1000;
	size_t count = 0;

	pieces[count++] = (struct heap_piece){start, at, 0, HEAP_USE_USED, 0};
	for (int i = 0; i < 8; i++, at += 0x100)
		pieces[count++] = (struct heap_piece){at, at + 0x100, 0, HEAP_USE_USED, 0};
	pieces[count++] = (struct heap_piece){at, limit, free, HEAP_USE_TOP, 0};
	return count;
}

/* What others have before the first chunk, in memory or not. */
static void what_lies_before_the_first_chunk(void **state)
{
	static const struct {
		uint64_t more; /* that the arena has, beyond what is found */
		bool absent;
		enum heap_use use;
		uint64_t unknown;
	} cases[] = {{0, false, HEAP_USE_OTHER, 0},
		     {0, true, HEAP_USE_OTHER, 0},
		     {0x1000, true, HEAP_USE_UNKNOWN, 0x1000},
		     {0x1000, false, HEAP_USE_OTHER, 0x1000}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct heap_piece pieces[16] = {{HEAP, HEAP + 0x2000, 0, cases[i].use, 0}};
		struct fixture fixture;
		size_t count;

		begin_heap(&fixture, HEAP + 0x6000, 0x4000 + cases[i].more);
		fixture.memory.absent[9] = cases[i].absent;
		put_sure(&fixture, HEAP + 0x2000, HEAP + 0x6000);
		count = 1 + list_sure(pieces + 1, HEAP + 0x2000, HEAP + 0x6000, 0x2800);
		walk(&fixture);
		assert_int_equal(fixture.walker.seen, 0x4000);
		assert_int_equal(fixture.walker.unsure, cases[i].absent ? 0x2000 : 0);
		assert_int_equal(fixture.usage.unknown, cases[i].unknown);
		assert_int_equal(fixture.usage.start, HEAP);
		assert_pieces(&fixture, pieces, count);
		end(&fixture);
	}
}

/* Who moved the break after malloc: a fence, what they have, and chunks again. */
static void what_others_have_among_chunks(void **state)
{
	(void)state;
	for (int absent = 0; absent < 2; absent++) {
		struct heap_piece pieces[32];
		struct fixture fixture;
		size_t count;

		begin_heap(&fixture, HEAP + 0x8000, 0x8000);
		put_sure(&fixture, HEAP, HEAP + 0x1800 + 0x7e0);
		count = list_sure(pieces, HEAP, HEAP + 0x1fe0, 0);
		/* Where top would be is a chunk in use, and a fence behind it. */
		pieces[count - 1].use = HEAP_USE_USED;
		fake_chunk_put(&fixture.memory, HEAP + 0x1fe0, 0x10, true);
		fake_chunk_put(&fixture.memory, HEAP + 0x1ff0, 0x10, true);
		pieces[count++] =
			(struct heap_piece){HEAP + 0x1fe0, HEAP + 0x2000, 0, HEAP_USE_OTHER, 0};
		fixture.memory.absent[8 + 3] = absent;
		pieces[count++] =
			(struct heap_piece){HEAP + 0x2000, HEAP + 0x4000, 0,
					    absent ? HEAP_USE_UNKNOWN : HEAP_USE_OTHER, 0};
		put_sure(&fixture, HEAP + 0x4000, HEAP + 0x8000);
		count += list_sure(pieces + count, HEAP + 0x4000, HEAP + 0x8000, 0x2800);
		walk(&fixture);
		assert_int_equal(fixture.walker.seen, 0x8000);
		assert_int_equal(fixture.usage.unknown, absent ? 0x2000 : 0);
		assert_int_equal(fixture.usage.used_chunks, 19);
		assert_int_equal(fixture.usage.top, 0x2800);
		assert_pieces(&fixture, pieces, count);
		end(&fixture);
	}
}

/* Behind the fence of a piece some bytes of its last page may be left; other memory is between. */
static void pieces_of_mappings_are_whole_pages(void **state)
{
	const uint64_t piece = START + 0x20000, second = piece + 0x4000;
	struct heap_piece pieces[40];
	struct fixture fixture;
	size_t count;

	(void)state;
	begin_heap(&fixture, HEAP + 0x4000, 0x4000 + 0x2000 + 0x4000);
	put_sure(&fixture, HEAP, HEAP + 0x3fe0);
	count = list_sure(pieces, HEAP, HEAP + 0x3fe0, 0);
	pieces[count - 1].use = HEAP_USE_USED;
	fake_chunk_put(&fixture.memory, HEAP + 0x3fe0, 0x10, true);
	fake_chunk_put(&fixture.memory, HEAP + 0x3ff0, 0x10, true);
	pieces[count++] = (struct heap_piece){HEAP + 0x3fe0, HEAP + 0x4000, 0, HEAP_USE_OTHER, 0};
	/* With top, which is gone through first though it lies higher. */
	put_sure(&fixture, second, second + 0x4000);
	count += list_sure(pieces + count, second, second + 0x4000, 0x2800);
	/* The other one ends with a fence of one header, eight bytes before the page does. */
	fake_chunk_put(&fixture.memory, piece + 0x1000, 0xfd0, true);
	fake_chunk_put(&fixture.memory, piece + 0x1fd0, 0x1010, true);
	fake_chunk_put(&fixture.memory, piece + 0x2fe0, 0, true);
	pieces[count++] = (struct heap_piece){piece + 0x1000, piece + 0x1fd0, 0, HEAP_USE_USED, 0};
	pieces[count++] = (struct heap_piece){piece + 0x1fd0, piece + 0x2fe0, 0, HEAP_USE_USED, 0};
	pieces[count++] = (struct heap_piece){piece + 0x2fe0, piece + 0x2ff0, 0, HEAP_USE_OTHER, 0};
	pieces[count++] = (struct heap_piece){piece + 0x2ff0, piece + 0x3000, 0, HEAP_USE_OTHER, 0};
	fixture.anonymous[0] = (struct heap_range){piece, piece + 0x4000};
	fixture.anonymous[1] = (struct heap_range){second, second + 0x4000};
	walk(&fixture);
	assert_int_equal(fixture.walker.seen, 0x4000 + 0x2000 + 0x4000);
	assert_int_equal(fixture.usage.unknown, 0);
	assert_int_equal(fixture.walker.span_count, 3);
	assert_int_equal(fixture.walker.spans[1].start, second);
	assert_int_equal(fixture.walker.spans[1].end, second + 0x4000);
	assert_int_equal(fixture.walker.spans[2].start, piece);
	assert_pieces(&fixture, pieces, count);
	end(&fixture);
	/* Where nothing is missing nothing is sought. */
	begin_heap(&fixture, HEAP + 0x4000, 0x4000);
	put_sure(&fixture, HEAP, HEAP + 0x4000);
	fake_chunk_put(&fixture.memory, piece, 0xfd0, true);
	fake_chunk_put(&fixture.memory, piece + 0xfd0, 0, true);
	fixture.anonymous[0] = (struct heap_range){piece, piece + 0x1000};
	walk(&fixture);
	assert_int_equal(fixture.walker.span_count, 1);
	assert_int_equal(fixture.usage.unknown, 0);
	free(fixture.result.pieces);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_before_the_first_chunk),
		cmocka_unit_test(what_others_have_among_chunks),
		cmocka_unit_test(pieces_of_mappings_are_whole_pages),
	};

	return cmocka_run_group_tests_name("glibc_walker_pieces", tests, NULL, NULL);
}
