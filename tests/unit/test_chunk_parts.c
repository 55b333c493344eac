/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/memory.h"
#include "inside/chunk_parts.h"
#include "inside/heap_usage.h"

#define START UINT64_C(0x555555600000)
#define MANY  130000

/* A heap whose pieces are appended one after the other. */
struct growing {
	struct heap_usage heap;
	size_t capacity;
	uint64_t at;
};

static void add(struct growing *growing, uint64_t size, enum heap_use use)
{
	struct heap_usage *heap = &growing->heap;

	heap->pieces = memory_array_grow(heap->pieces, heap->piece_count, &growing->capacity,
					 sizeof(*heap->pieces));
	heap->pieces[heap->piece_count++] =
		(struct heap_piece){.start = growing->at, .end = growing->at + size, .use = use};
	growing->at += size;
}

/* Used and free ones by turns, of a kilobyte or two. */
static void fragment(struct growing *growing, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(growing, 512 + i * 7 % 1024 / 16 * 16, i % 2 ? HEAP_USE_FREE : HEAP_USE_USED);
}

/* An unbroken row that covers the range; returns how many chunks it holds. */
static size_t check(const struct part_list *list, uint64_t start, uint64_t end)
{
	size_t chunks = 0;
	uint64_t at = start;

	for (size_t i = 0; i < list->count; i++) {
		const struct inside_part *part = &list->parts[i];

		assert_true(part->start == at && part->end > at);
		assert_true((part->type == PART_CHUNKS) == (part->count > 1));
		chunks += part->type == PART_CHUNK ? 1 : part->count;
		at = part->end;
	}
	assert_true(at == end);
	return chunks;
}

static void small_chunks_are_joined_evenly(void **state)
{
	struct growing growing = {.at = START};
	struct part_list list;
	size_t least = SIZE_MAX, most = 0;

	(void)state;
	fragment(&growing, MANY);
	chunk_parts_make(&list, &growing.heap, START, growing.at, 20, NULL);
	assert_int_equal(check(&list, START, growing.at), MANY);
	assert_in_range(list.count, 10, 20);
	for (size_t i = 1; i + 1 < list.count; i++) {
		least = list.parts[i].count < least ? list.parts[i].count : least;
		most = list.parts[i].count > most ? list.parts[i].count : most;
	}
	assert_true(most - least < least / 10);
	part_list_finish(&list);
	heap_usage_finish(&growing.heap);
}

/* What is a part of its own with few parts is one with more; what was joined opens, in place. */
static void more_parts_open_what_was_joined(void **state)
{
	struct growing growing = {.at = START};
	struct part_list few, many;

	(void)state;
	fragment(&growing, 1000);
	add(&growing, 1 << 16, HEAP_USE_USED);
	fragment(&growing, 1000);
	for (uint64_t most = 4; most < 1 << 20; most *= 2) {
		chunk_parts_make(&few, &growing.heap, START, growing.at, most, NULL);
		chunk_parts_make(&many, &growing.heap, START, growing.at, 2 * most, NULL);
		check(&few, START, growing.at);
		check(&many, START, growing.at);
		assert_true(many.count >= few.count);
		for (size_t i = 0; i < few.count; i++) {
			const struct inside_part *part = &few.parts[i];
			const struct inside_part *at = part_list_at(&many, part->start);

			assert_true(at->start == part->start);
			if (part->type == PART_CHUNK)
				assert_true(at->end == part->end && at->index == part->index);
		}
		part_list_finish(&few);
		part_list_finish(&many);
	}
	/* In the end all are alone. */
	chunk_parts_make(&few, &growing.heap, START, growing.at, 1 << 20, NULL);
	assert_int_equal(few.count, growing.heap.piece_count);
	part_list_finish(&few);
	heap_usage_finish(&growing.heap);
}

static void what_is_large_or_equal_stands_alone(void **state)
{
	struct growing growing = {.at = START};
	const struct inside_part *part;
	struct part_list list;
	uint64_t large, equal;

	(void)state;
	fragment(&growing, 5000);
	large = growing.at;
	add(&growing, 1 << 20, HEAP_USE_USED);
	fragment(&growing, 5000);
	equal = growing.at;
	for (size_t i = 0; i < 1204; i++)
		add(&growing, 80, HEAP_USE_USED);
	fragment(&growing, 5000);
	chunk_parts_make(&list, &growing.heap, START, growing.at, 40, NULL);
	check(&list, START, growing.at);
	part = part_list_at(&list, large + 5);
	assert_true(part->start == large && part->type == PART_CHUNK);
	assert_int_equal(part->index, HEAP_USE_USED);
	assert_int_equal(part->end - part->start, 1 << 20);
	part = part_list_at(&list, equal + 80);
	assert_true(part->start == equal && part->type == PART_CHUNKS);
	assert_int_equal(part->count, 1204);
	part_list_finish(&list);
	/* A run that is longer than a cell opens, too. */
	chunk_parts_make(&list, &growing.heap, START, growing.at, 1000, NULL);
	part = part_list_at(&list, equal);
	assert_true(part->start == equal);
	assert_in_range(part->count, 2, 1203);
	part_list_finish(&list);
	heap_usage_finish(&growing.heap);
}

static void a_pinned_chunk_stands_alone(void **state)
{
	struct growing growing = {.at = START};
	struct part_list list;
	uint64_t pin;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		add(&growing, 48, HEAP_USE_USED);
	pin = START + 48 * UINT64_C(4711) + 16;
	chunk_parts_make(&list, &growing.heap, START, growing.at, 20, &pin);
	assert_int_equal(check(&list, START, growing.at), MANY);
	assert_int_equal(part_list_at(&list, pin)->type, PART_CHUNK);
	assert_true(part_list_at(&list, pin)->start == pin - 16);
	part_list_finish(&list);
	heap_usage_finish(&growing.heap);
}

static void what_is_no_chunk_has_no_name(void **state)
{
	struct growing growing = {.at = START + 4096};
	struct part_list list;

	(void)state;
	add(&growing, 64, HEAP_USE_USED);
	growing.at += 4096;
	add(&growing, 64, HEAP_USE_FREE);
	chunk_parts_make(&list, &growing.heap, START, START + 16384, 1000, NULL);
	check(&list, START, START + 16384);
	assert_int_equal(list.count, 5);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(list.parts[i].type, i % 2 ? PART_CHUNK : PART_NAMELESS);
	part_list_finish(&list);
	/* A range is cut out of chunks, too. */
	chunk_parts_make(&list, &growing.heap, START + 4112, START + 4128, 2, NULL);
	assert_int_equal(check(&list, START + 4112, START + 4128), 1);
	part_list_finish(&list);
	/* A heap without pieces is one part. */
	chunk_parts_make(&list, &(struct heap_usage){0}, START, START + 4096, 2, NULL);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.parts[0].type, PART_NAMELESS);
	part_list_finish(&list);
	heap_usage_finish(&growing.heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_chunks_are_joined_evenly),
		cmocka_unit_test(more_parts_open_what_was_joined),
		cmocka_unit_test(what_is_large_or_equal_stands_alone),
		cmocka_unit_test(a_pinned_chunk_stands_alone),
		cmocka_unit_test(what_is_no_chunk_has_no_name),
	};

	return cmocka_run_group_tests_name("chunk_parts", tests, NULL, NULL);
}
