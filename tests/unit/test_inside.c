/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "inside_fixture.h"
#include "model/address_space.h"
#include "random_space.h"
#include "sample_heap.h"
#include "support/sample.h"
#include "ui/inside/inside.h"
#define LINES 20

/* Inside the mapping at the address of a space. */
static struct inside *start(const struct address_space *space, uint64_t address)
{
	struct inside *inside = memory_alloc(sizeof(*inside));
	const struct view view = {0};

	inside_start(inside, address_space_at(space, address), PAGE_SIZE, &view);
	inside_lay(inside, LINES);
	return inside;
}

static void tell(struct inside *inside, struct inside_object *object)
{
	inside_take_object(inside, &(struct inside_found){.object = object, .bias = BIAS});
	inside_lay(inside, LINES);
}

static void finish(struct inside *inside, struct address_space *space)
{
	inside_finish(inside);
	free(inside);
	address_space_destroy(space);
}

static void enter_at(struct inside *inside, uint64_t address, enum inside_step expected)
{
	inside_level(inside)->view.cursor = address;
	assert_int_equal(inside_step_in(inside), expected);
	inside_enter(inside);
	inside_lay(inside, LINES);
}

static void steps_lead_to_bytes_and_back(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, DATA);

	(void)state;
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	tell(inside, fixture_object());
	assert_int_equal(inside_level(inside)->grain, INSIDE_SECTIONS);
	enter_at(inside, BIAS + 0x600000, INSIDE_STEP_IN);
	assert_int_equal(inside_level(inside)->grain, INSIDE_SYMBOLS);
	assert_string_equal(text_string(&inside_level(inside)->name), ".data");
	enter_at(inside, BIAS + 0x600000, INSIDE_STEP_IN);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	assert_string_equal(text_string(&inside_level(inside)->name), "builtins");
	while (inside_step_in(inside) == INSIDE_STEP_IN)
		enter_at(inside, BIAS + 0x600000, INSIDE_STEP_IN);
	assert_int_equal(inside_step_in(inside), INSIDE_STEP_BYTES);
	while (inside_out(inside))
		assert_true(inside->depth > 0);
	assert_int_equal(inside->depth, 1);
	assert_true(inside_level(inside)->view.cursor == BIAS + 0x600000);
	finish(inside, space);
}

static void what_lies_in_one_page_has_no_pages(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, DATA);

	(void)state;
	tell(inside, fixture_object());
	enter_at(inside, BIAS + 0x600000, INSIDE_STEP_IN);
	inside_show(inside, BIAS + 0x5f7000);
	inside_lay(inside, LINES);
	enter_at(inside, BIAS + 0x5f7000, INSIDE_STEP_BYTES);
	assert_int_equal(inside->depth, 2);
	finish(inside, space);
}

static void a_wish_waits_for_the_object(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, DATA);
	const struct inside_part *part;

	(void)state;
	inside_show(inside, BIAS + 0x748a00);
	assert_int_equal(inside->depth, 1);
	tell(inside, fixture_object());
	assert_int_equal(inside->depth, 2);
	assert_int_equal(inside_level(inside)->grain, INSIDE_SYMBOLS);
	part = inside_level_part(inside_level(inside), inside_level_band(inside_level(inside)));
	assert_non_null(part);
	assert_string_equal(part_name(part, &inside->stuff.source), "last");
	/* Of another section: that of the other one. */
	inside_show(inside, BIAS + 0x748a80);
	assert_int_equal(inside->depth, 2);
	assert_string_equal(text_string(&inside_level(inside)->name), ".bss");
	finish(inside, space);
}

static void what_has_no_sections_has_pages(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);

	(void)state;
	tell(inside, NULL);
	assert_true(inside->told);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	tell(inside, fixture_object());
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	finish(inside, space);
	/* Sections without symbols: their pages. */
	space = sample_python();
	inside = start(space, DATA);
	tell(inside, fixture_part(FIXTURE_SECTIONS, 0));
	enter_at(inside, BIAS + 0x600000, INSIDE_STEP_IN);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	finish(inside, space);
	/* Symbols without sections, as code that a JIT compiler has named. */
	space = sample_python();
	inside = start(space, DATA);
	tell(inside, fixture_part(0, FIXTURE_NAMES));
	assert_int_equal(inside_level(inside)->grain, INSIDE_SYMBOLS);
	finish(inside, space);
}

/* A space of one mapping. */
static struct address_space *space_with(uint64_t start_address, uint64_t end, uint64_t inode)
{
	struct vma vma = {.start = start_address,
			  .end = end,
			  .name = inode ? "/tmp/x" : "",
			  .inode = inode,
			  .perms = PERM_READ,
			  .kind = KIND_ANON};

	return space_of(&vma, 1);
}

static void the_mapping_is_followed(void **state)
{
	struct address_space *space = space_with(0x10000, 0x40000, 0), *grown, *other;
	struct inside *inside = start(space, 0x10000);

	(void)state;
	grown = space_with(0x8000, 0x40000, 0);
	inside_follow(inside, grown);
	assert_true(!inside->gone && inside_level(inside)->start == 0x8000);
	inside_lay(inside, LINES);
	enter_at(inside, 0x3f000, INSIDE_STEP_IN);
	address_space_destroy(grown);
	/* A level of what is no longer mapped ends. */
	grown = space_with(0x8000, 0x20000, 0);
	inside_follow(inside, grown);
	assert_int_equal(inside->depth, 1);
	assert_true(inside_level(inside)->end == 0x20000);
	other = space_with(0x8000, 0x20000, 7);
	inside_follow(inside, other);
	assert_true(inside->gone);
	inside_follow(inside, grown);
	assert_false(inside->gone);
	address_space_destroy(other);
	address_space_destroy(grown);
	finish(inside, space);
}

static void pages_are_those_that_a_range_touches(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, DATA);
	struct page_sums sums;

	(void)state;
	fixture_pages(&inside->pieces, DATA, DATA_END);
	sums = inside_pages(inside, DATA + 5, DATA + 6);
	assert_int_equal(sums.known, PAGE_SIZE);
	sums = inside_pages(inside, DATA + PAGE_SIZE - 1, DATA + PAGE_SIZE + 1);
	assert_int_equal(sums.known, 2 * PAGE_SIZE);
	finish(inside, space);
}

/* A mapping becomes chunks once its heap is known, and pages again when it no longer is. */
static void a_heap_is_gone_into_by_chunks(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);
	struct heap_usage heap = sample_chunks();
	const size_t pieces = heap.piece_count;
	const struct heap_piece *chunk;
	uint64_t data;

	(void)state;
	assert_true(inside_may_have_chunks(inside));
	assert_false(inside_has_chunks(inside));
	inside_use_heap(inside, &heap, true);
	inside_lay(inside, LINES);
	assert_true(inside_has_chunks(inside));
	assert_int_equal(inside_level(inside)->grain, INSIDE_CHUNKS);
	/* That there is no object changes nothing. */
	tell(inside, NULL);
	assert_int_equal(inside_level(inside)->grain, INSIDE_CHUNKS);
	enter_at(inside, SAMPLE_EQUAL_AT, INSIDE_STEP_IN);
	assert_string_equal(text_string(&inside_level(inside)->name), "1 204 used chunks");
	while (inside_step_in(inside) == INSIDE_STEP_IN)
		enter_at(inside, SAMPLE_EQUAL_AT, INSIDE_STEP_IN);
	inside_level(inside)->view.cursor = SAMPLE_EQUAL_AT;
	assert_int_equal(inside_step_in(inside), INSIDE_STEP_BYTES);
	chunk = inside_chunk(inside, 8, &data);
	assert_non_null(chunk);
	assert_true(chunk->start == SAMPLE_EQUAL_AT && data == SAMPLE_EQUAL_AT + 16);
	/* A heap that does not know it, as another walk may have found. */
	heap.piece_count = 0;
	assert_null(inside_chunk(inside, 8, &data));
	heap.piece_count = pieces;
	assert_true(inside->heap_told);
	inside_use_heap(inside, NULL, false);
	assert_false(inside->heap_told);
	inside_lay(inside, LINES);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	assert_false(inside_has_chunks(inside));
	assert_null(inside_chunk(inside, 8, &data));
	heap_usage_finish(&heap);
	finish(inside, space);
}

/* A level ends with what it is of; one that reaches to its ends stays. */
static void levels_that_are_cut_off_end(void **state)
{
	struct address_space *space = sample_python();

	(void)state;
	for (int cut = 0; cut < 3; cut++) {
		struct inside *inside = start(space, HEAP);

		inside_enter(inside);
		inside->levels[1].start = inside->place.start - (cut == 1);
		inside->levels[1].end = inside->place.end + (cut == 2);
		inside_follow(inside, space);
		assert_int_equal(inside->depth, cut ? 1 : 2);
		inside_finish(inside);
		free(inside);
	}
	address_space_destroy(space);
}

static void what_is_not_known_to_be_a_chunk_has_pages(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);
	struct heap_usage heap = sample_chunks();
	const struct heap_piece *unknown = &heap.pieces[heap.piece_count - 2];
	uint64_t data;

	(void)state;
	assert_int_equal(unknown->use, HEAP_USE_UNKNOWN);
	inside_use_heap(inside, &heap, true);
	inside_show(inside, unknown->start);
	inside_lay(inside, LINES);
	assert_null(inside_chunk(inside, 8, &data));
	enter_at(inside, unknown->start, INSIDE_STEP_IN);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	assert_string_equal(text_string(&inside_level(inside)->name), "not walked");
	heap_usage_finish(&heap);
	finish(inside, space);
}

/* Where one went before the heap was known, the chunk is in sight afterwards. */
static void a_wish_waits_for_the_heap(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);
	const uint64_t address = SAMPLE_EQUAL_AT + 100 * SAMPLE_EQUAL;
	struct heap_usage heap = sample_chunks();
	uint64_t data;

	(void)state;
	inside_show(inside, address + 20);
	tell(inside, NULL);
	inside_use_heap(inside, &heap, true);
	inside_lay(inside, LINES);
	assert_non_null(inside_chunk(inside, 8, &data));
	assert_true(data == address + 16);
	heap_usage_finish(&heap);
	finish(inside, space);
}

/* A renewed heap leaves the cursor and the way; by pages it stays by pages. */
static void a_heap_that_changes_leaves_all_in_place(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);
	struct heap_usage heap = sample_chunks(), other = sample_chunks();
	uint64_t cursor;

	(void)state;
	inside_use_heap(inside, &heap, true);
	inside_lay(inside, LINES);
	enter_at(inside, SAMPLE_EQUAL_AT, INSIDE_STEP_IN);
	inside_level(inside)->view.cursor = cursor = SAMPLE_EQUAL_AT + 5000;
	other.pieces[40].use = HEAP_USE_FREE;
	inside_use_heap(inside, &other, true);
	heap_usage_finish(&heap);
	inside_lay(inside, LINES);
	assert_int_equal(inside->depth, 2);
	assert_true(inside_level(inside)->view.cursor == cursor);
	inside_out(inside);
	inside_level_switch(inside_level(inside));
	assert_true(inside_level_is_switched(inside_level(inside)));
	inside_use_heap(inside, &other, true);
	inside_follow(inside, space);
	inside_lay(inside, LINES);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	inside_level_switch(inside_level(inside));
	assert_int_equal(inside_level(inside)->grain, INSIDE_CHUNKS);
	heap_usage_finish(&other);
	finish(inside, space);
}

/* What has sections is shown by these, whatever malloc keeps in it. */
static void sections_go_before_chunks(void **state)
{
	struct address_space *space = sample_python();
	struct inside *inside = start(space, HEAP);
	struct heap_usage heap = sample_chunks();

	(void)state;
	inside_use_heap(inside, &heap, true);
	inside_lay(inside, LINES);
	enter_at(inside, SAMPLE_EQUAL_AT, INSIDE_STEP_IN);
	inside_take_object(inside, &(struct inside_found){.object = fixture_object(),
							  .bias = HEAP - 0x5f4000});
	inside_lay(inside, LINES);
	assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	inside_out(inside);
	inside_lay(inside, LINES);
	assert_int_equal(inside_level(inside)->grain, INSIDE_SECTIONS);
	inside_use_heap(inside, &heap, true);
	assert_int_equal(inside_level(inside)->grain, INSIDE_SECTIONS);
	/* And another one in the place of the object, as a runtime's that names its code. */
	inside_take_object(inside, &(struct inside_found){.object = fixture_object(),
							  .bias = HEAP - 0x5f4000});
	assert_int_equal(inside_level(inside)->grain, INSIDE_SECTIONS);
	heap_usage_finish(&heap);
	finish(inside, space);
}

/* Of other memory it is asked once whether it is a chunk; of a file's never. */
static void what_may_be_a_chunk_is_asked_about_once(void **state)
{
	struct address_space *space = sample_python();
	struct heap_usage heap = sample_chunks();
	struct inside *inside = start(space, DATA);

	(void)state;
	assert_false(inside_may_have_chunks(inside));
	for (size_t i = 0; i < space->vma_count; i++) {
		if (space->vmas[i].kind != KIND_ANON)
			continue;
		inside_start(inside, &space->vmas[i], PAGE_SIZE, &(struct view){0});
		assert_true(inside_may_have_chunks(inside));
		inside_use_heap(inside, &heap, true);
		assert_false(inside_may_have_chunks(inside));
		assert_int_equal(inside_level(inside)->grain, INSIDE_PAGES);
	}
	heap_usage_finish(&heap);
	finish(inside, space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_lead_to_bytes_and_back),
		cmocka_unit_test(what_lies_in_one_page_has_no_pages),
		cmocka_unit_test(a_wish_waits_for_the_object),
		cmocka_unit_test(what_has_no_sections_has_pages),
		cmocka_unit_test(the_mapping_is_followed),
		cmocka_unit_test(pages_are_those_that_a_range_touches),
		cmocka_unit_test(a_heap_is_gone_into_by_chunks),
		cmocka_unit_test(what_is_not_known_to_be_a_chunk_has_pages),
		cmocka_unit_test(a_wish_waits_for_the_heap),
		cmocka_unit_test(a_heap_that_changes_leaves_all_in_place),
		cmocka_unit_test(sections_go_before_chunks),
		cmocka_unit_test(what_may_be_a_chunk_is_asked_about_once),
		cmocka_unit_test(levels_that_are_cut_off_end),
	};

	return cmocka_run_group_tests_name("inside", tests, NULL, NULL);
}
