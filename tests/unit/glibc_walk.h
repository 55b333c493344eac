/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_GLIBC_WALK_H
#define TESTS_UNIT_GLIBC_WALK_H

/* A walk through an arena of glibc's malloc that is made up, and what it finds. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_glibc.h"
#include "inside/glibc_walker.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 64
#define ARENA (START + 0x100)

struct fixture {
	struct fake_memory memory;
	struct heap_range writable, anonymous[2], heap;
	struct heap_memory all;
	struct glibc_arena arena;
	struct heap_arena usage;
	struct heap_usage result;
	struct glibc_walker walker;
};

static inline void begin(struct fixture *fixture, uint64_t top, uint64_t system)
{
	const struct fake_arena fake = {ARENA, ARENA, top, system, FAKE_HEAD_WORDS};

	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	fake_arena_put(&fixture->memory, &fake);
	fixture->writable = (struct heap_range){START, START + PAGES * FAKE_PAGE};
	fixture->arena = (struct glibc_arena){.address = ARENA,
					      .bins = fake_arena_bins(&fixture->memory, &fake),
					      .top = top,
					      .system = system,
					      .is_main = true};
	fixture->usage = (struct heap_arena){.system = system};
}

static inline void walk(struct fixture *fixture)
{
	fixture->all = (struct heap_memory){.reader = &fixture->memory.reader,
					    .word = 8,
					    .writable = {&fixture->writable, 1},
					    .anonymous = {fixture->anonymous, 2},
					    .heap = fixture->heap};
	fixture->result.arenas = &fixture->usage;
	fixture->walker = (struct glibc_walker){.memory = &fixture->all,
						.list_pieces = fixture->walker.list_pieces,
						.heap = &fixture->result,
						.arena = &fixture->arena,
						.usage = &fixture->usage};
	memory_window_init(&fixture->walker.window, &fixture->memory.reader, 8, 4);
	memory_window_init(&fixture->walker.lists, &fixture->memory.reader, 8, 1);
	glibc_walker_walk(&fixture->walker);
}

static inline void end(struct fixture *fixture)
{
	free(fixture->walker.spans);
	glibc_list_finish(&fixture->walker.known);
	glibc_list_finish(&fixture->walker.cached);
	memory_window_finish(&fixture->walker.window);
	memory_window_finish(&fixture->walker.lists);
	fake_memory_finish(&fixture->memory);
}

/* Used chunks, and a fence or top at the end. Returns where that begins. */
static inline uint64_t put_piece(struct fixture *fixture, uint64_t start, uint64_t limit,
				 bool has_top)
{
	uint64_t at = start;

	while (at < limit - 0x220)
		at = fake_chunk_put(&fixture->memory, at, 0x100, true);
	if (has_top) {
		fake_chunk_put(&fixture->memory, at, limit - at, true);
		return at;
	}
	at = fake_chunk_put(&fixture->memory, at, limit - 0x20 - at, true);
	fake_chunk_put(&fixture->memory, at, 0x10, true);
	fake_chunk_put(&fixture->memory, at + 0x10, 0x10, true);
	return at;
}

static inline void assert_pieces(struct fixture *fixture, const struct heap_piece *pieces,
				 size_t count)
{
	assert_int_equal(fixture->result.piece_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct heap_piece *piece = &fixture->result.pieces[i];

		assert_int_equal(piece->start, pieces[i].start);
		assert_int_equal(piece->end, pieces[i].end);
		assert_int_equal(piece->free, pieces[i].free);
		assert_int_equal(piece->use, pieces[i].use);
		assert_int_equal(piece->arena, 0);
	}
	free(fixture->result.pieces);
}

#endif
