/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
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

	inside_words_append(&text, fixture_inside(stage), &scene, 200);
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
	stage_press(&stage, KEYS('I'));
	assert_true(says(&stage, "their state is not known yet"));
	assert_true(says(&stage, "Reading sections and symbols."));
	inside_wants_take_object(&stage.ui, HEAP,
				 &(struct inside_found){.why = "Reading the file failed."});
	assert_true(says(&stage, "Reading the file failed."));
	inside_wants_take_object(&stage.ui, HEAP,
				 &(struct inside_found){.object = fixture_part(1, 0)});
	assert_true(says(&stage, "stripped"));
	stage_close(&stage);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_said_to_the_byte),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(a_mapping_that_is_gone_is_said_to_be),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_words", tests, NULL, NULL);
}
