/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "ui/inside/inside_words.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

/* Whether the words under the cursor have that in them. */
static bool says(struct stage *stage, const char *part)
{
	struct scene scene = stage_scene(stage);
	struct text text = {0};
	bool said;

	inside_words_append(&text, fixture_inside(stage), &scene, 200, 2);
	said = strstr(text_string(&text), part);
	text_finish(&text);
	return said;
}

static void sizes_are_said_to_the_byte(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 100, 30, true);
	assert_true(says(&stage, ".bss, bss, 1 472 bytes; 1 page: "));
	stage_press(&stage, KEYS('j'));
	assert_true(says(&stage, ".data, data, 1 393 088 bytes; 341 pages: "));
	assert_true(says(&stage, " copied on write, "));
	assert_true(says(&stage, " of the file, "));
	stage_close(&stage);
}

static void what_is_missing_is_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 100, 30, true);
	stage.ui.view.cursor = DATA;
	stage_press(&stage, KEYS('t', 't', 'I'));
	assert_true(says(&stage, "their state is not known yet"));
	assert_true(says(&stage, "Reading sections and symbols."));
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.why = "Reading the file failed."});
	assert_true(says(&stage, "Reading the file failed."));
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = fixture_part(1, 0)});
	assert_true(says(&stage, "stripped"));
	stage_close(&stage);
}

/* Opens a screen inside the heap. It has no ELF object, and no walk has ended yet. */
static void open_heap(struct stage *stage)
{
	stage_open(stage, sample_python(), 100, 30, true);
	stage_press(stage, KEYS('I'));
	fixture_tell(stage, NULL);
}

static void tell_heap(struct stage *stage, const struct heap_usage *heap)
{
	stage->ui.shown.heap = heap;
	inside_wants_take_heap(&stage->ui);
	ui_layout(&stage->ui);
}

static void why_there_are_no_chunks_is_said(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;

	(void)state;
	open_heap(&stage);
	assert_true(says(&stage, "The heap is being walked."));
	tell_heap(&stage, NULL);
	assert_true(says(&stage, "What malloc keeps here is not known; H says why."));
	tell_heap(&stage, &heap);
	assert_false(says(&stage, "is not known"));
	tell_heap(&stage, NULL);
	stage.status.earlier = true;
	assert_true(says(&stage, "Chunks are known of the newest moment only."));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void a_chunk_is_described(void **state)
{
	struct heap_usage heap = sample_chunks();
	struct stage stage;
	int data = 0;

	(void)state;
	open_heap(&stage);
	tell_heap(&stage, &heap);
	assert_true(says(&stage, "top, 208 672 bytes, main arena; before it memory not walked of "
				 "65 536, after it no chunk; the free end of the arena, from which "
				 "new chunks are cut."));
	inside_show(fixture_inside(&stage), SAMPLE_EQUAL_AT + 1000);
	stage.ui.view.cursor = SAMPLE_EQUAL_AT + 1000;
	ui_layout(&stage.ui);
	assert_true(says(&stage, "used chunk, 48 bytes, main arena; before it a used chunk of 48, "
				 "after it a used chunk of 48; malloc(3) gave it out."));
	/* What stands in it goes before what lies beside it. */
	fixture_inside(&stage)->first = (struct chunk_first){.size = 4, .absent = true};
	for (uint64_t at = SAMPLE_EQUAL_AT; at < SAMPLE_EQUAL_AT + 1100; at += 16) {
		fixture_inside(&stage)->first.address = at;
		data += says(&stage, "used chunk, 48 bytes, main arena; its first bytes are not in "
				     "memory; before it a used chunk of 48, after it");
	}
	assert_int_equal(data, 1);
	view_unpin(&inside_level(fixture_inside(&stage))->view);
	ui_layout(&stage.ui);
	assert_true(says(&stage, "1 204 used chunks of 48 bytes, 57 792 bytes; 15 pages: "));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void a_mapping_that_is_gone_is_said_to_be(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 100, 30, true);
	fixture_inside(&stage)->gone = true;
	assert_true(says(&stage, "no longer there"));
	stage_close(&stage);
}

/* Why nothing is known of pages; each reason has its words. */
static void why_pages_are_not_known_is_said(void **state)
{
	static const struct {
		int error;
		const char *words;
	} cases[] = {{-EACCES, ": their state may not be read by this user."},
		     {-EPERM, ": their state may not be read by this user."},
		     {-E2BIG, ": too many to be read one by one on this kernel."},
		     {-EIO, ": their state cannot be read here."},
		     {0, ": their state is not known yet."}};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 100, 30, true);
	stage.ui.view.cursor = DATA;
	stage_press(&stage, KEYS('t', 't', 'I'));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fixture_inside(&stage)->pieces_error = cases[i].error;
		assert_true(says(&stage, cases[i].words));
	}
	stage.status.paused = true;
	assert_true(says(&stage, ": their state at that moment is not known."));
	stage.status.paused = false;
	stage.status.ended = true;
	assert_true(says(&stage, ": their state at that moment is not known."));
	stage_close(&stage);
}

/* What is missing of a file's names, by what it is. */
static void what_a_file_lacks_is_said(void **state)
{
	static const char *const words[INSIDE_LACK_COUNT] = {
		[INSIDE_LACK_NOTHING] = NULL,
		[INSIDE_LACK_STRIPPED] = "The file is stripped: not all symbols have names.",
		[INSIDE_LACK_TOO_LARGE] = "The file has more symbols than vastop reads.",
		[INSIDE_LACK_DAMAGED] = "The file's symbol table is damaged.",
	};
	struct inside_object *object = fixture_part(FIXTURE_SECTIONS, 0);
	struct stage stage;

	(void)state;
	open_data(&stage, 100, 30, true);
	inside_wants_take_object(&stage.ui, DATA,
				 &(struct inside_found){.object = object, .bias = BIAS});
	ui_layout(&stage.ui);
	for (unsigned lack = 0; lack < INSIDE_LACK_COUNT; lack++) {
		object->lack = (enum inside_lack)lack;
		for (unsigned other = 0; other < INSIDE_LACK_COUNT; other++)
			if (words[other])
				assert_int_equal(says(&stage, words[other]), lack == other);
	}
	object->sections.from_segments = true;
	assert_true(says(&stage, "The file has no usable section headers: its segments stand in."));
	assert_false(says(&stage, "damaged"));
	object->sections.from_segments = false;
	stage_close(&stage);
}

/* How many pages a range touches, wherever in them it begins and ends. */
static void pages_are_counted_by_what_is_touched(void **state)
{
	static const struct {
		uint64_t start, end;
		const char *pages;
	} ranges[] = {
		{0, 1, "; 1 page: "},       {0, 4096, "; 1 page: "},     {0, 4097, "; 2 pages: "},
		{4095, 4096, "; 1 page: "}, {4095, 4097, "; 2 pages: "}, {1, 8192, "; 2 pages: "},
		{1, 8193, "; 3 pages: "},   {4096, 8192, "; 1 page: "},
	};
	struct stage stage;

	(void)state;
	open_data(&stage, 100, 30, true);
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		struct inside_level *level = inside_level(fixture_inside(&stage));
		struct band *band = &level->diagram->bands[diagram_band_at_address(
			level->diagram, level->view.cursor)];

		band->start = BIAS + 0x748000 + ranges[i].start;
		band->end = BIAS + 0x748000 + ranges[i].end;
		level->view.cursor = band->start;
		assert_true(says(&stage, ranges[i].pages));
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_said_to_the_byte),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(a_mapping_that_is_gone_is_said_to_be),
		cmocka_unit_test(why_there_are_no_chunks_is_said),
		cmocka_unit_test(a_chunk_is_described),
		cmocka_unit_test(why_pages_are_not_known_is_said),
		cmocka_unit_test(what_a_file_lacks_is_said),
		cmocka_unit_test(pages_are_counted_by_what_is_touched),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_words", tests, NULL, NULL);
}
