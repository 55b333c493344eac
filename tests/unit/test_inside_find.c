/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "inside_fixture.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/inside/inside_find.h"
#include "ui/text/sentence.h"
struct found {
	struct address_space *space;
	struct inside inside;
	struct inside_find find;
	struct text said;
};

static int set_up(void **state)
{
	struct found *found = memory_alloc(sizeof(*found));
	const struct view view = {0};

	found->space = sample_python();
	inside_start(&found->inside, address_space_at(found->space, DATA), PAGE_SIZE, &view);
	inside_take_object(&found->inside,
			   &(struct inside_found){.object = fixture_object(), .bias = BIAS});
	inside_lay(&found->inside, 20);
	*state = found;
	return 0;
}

static int tear_down(void **state)
{
	struct found *found = *state;

	inside_find_finish(&found->find);
	inside_finish(&found->inside);
	address_space_destroy(found->space);
	text_finish(&found->said);
	free(found);
	return 0;
}

static uint64_t cursor(struct found *found)
{
	return inside_level(&found->inside)->view.cursor;
}

static void a_name_is_found_down_the_screen(void **state)
{
	struct found *found = *state;

	inside_find_begin(&found->find, &found->inside);
	assert_true(inside_find_set(&found->find, "type", &found->said));
	/* While it is typed, in what is shown; then with its symbol in sight. */
	inside_find_next(&found->find, &found->inside, found->find.asked_at, 1, false,
			 &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7198);
	assert_int_equal(found->inside.depth, 1);
	assert_true(inside_level(&found->inside)->view.pinned);
	assert_true(inside_level(&found->inside)->view.pin == cursor(found));
	inside_find_cancel(&found->find, &found->inside);
	assert_true(cursor(found) == found->find.asked_at);
	assert_false(inside_level(&found->inside)->view.pinned);
	inside_find_next(&found->find, &found->inside, found->find.asked_at, 1, true, &found->said);
	assert_int_equal(found->inside.depth, 2);
	assert_true(cursor(found) == BIAS + 0x5f7198);
	assert_int_equal(found->said.length, 0);
	inside_find_next(&found->find, &found->inside, cursor(found), -1, true, &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7000);
	assert_string_equal(text_string(&found->said), "Continued from the bottom.");
}

static void what_cannot_be_found_is_said(void **state)
{
	struct found *found = *state;

	inside_find_begin(&found->find, &found->inside);
	assert_false(inside_find_set(&found->find, "(", &found->said));
	assert_true(found->said.length > 0);
	text_clear(&found->said);
	inside_find_next(&found->find, &found->inside, DATA, 1, true, &found->said);
	assert_int_equal(found->said.length, 0);
	assert_true(inside_find_set(&found->find, "nothing", &found->said));
	assert_true(inside_find_set(&found->find, "", &found->said));
	inside_find_next(&found->find, &found->inside, DATA, 1, true, &found->said);
	assert_string_equal(text_string(&found->said), "No name in this mapping matches.");
}

/* By pages, too, the names are those of the mapping. */
static void why_there_is_none_depends_on_the_mapping(void **state)
{
	struct found *found = *state;
	struct inside heap = {0};
	const struct view view = {0};

	assert_true(inside_find_set(&found->find, "nothing", &found->said));
	inside_level_switch(inside_level(&found->inside));
	inside_find_next(&found->find, &found->inside, DATA, 1, true, &found->said);
	assert_string_equal(text_string(&found->said), "No name in this mapping matches.");
	inside_start(&heap, address_space_at(found->space, HEAP), PAGE_SIZE, &view);
	text_clear(&found->said);
	inside_find_next(&found->find, &heap, HEAP, 1, true, &found->said);
	assert_string_equal(text_string(&found->said), "The names are still being read.");
	inside_take_object(&heap, &(struct inside_found){.object = NULL});
	text_clear(&found->said);
	inside_find_next(&found->find, &heap, HEAP, 1, true, &found->said);
	assert_string_equal(text_string(&found->said),
			    "Nothing in this mapping has a name; " SENTENCE_KEY(
				    "search-memory") " searches the bytes.");
	inside_finish(&heap);
}

/* The last thing typed counts, and where one is is said by what is above. */
static void the_screen_may_be_turned_over(void **state)
{
	struct found *found = *state;
	struct inside_level *level = inside_level(&found->inside);

	assert_true(inside_find_set(&found->find, "nothing", &found->said));
	assert_true(inside_find_set(&found->find, "type", &found->said));
	inside_find_next(&found->find, &found->inside, BIAS + 0x5f7000, 1, false, &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7198);
	assert_string_equal(text_string(&found->said), "Continued from the top.");
	text_clear(&found->said);
	level->view.low_on_top = true;
	inside_find_next(&found->find, &found->inside, BIAS + 0x5f7000, 1, false, &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7198);
	assert_int_equal(found->said.length, 0);
	inside_find_next(&found->find, &found->inside, BIAS + 0x5f7198, 1, false, &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7000);
	assert_string_equal(text_string(&found->said), "Continued from the top.");
	text_clear(&found->said);
	inside_find_next(&found->find, &found->inside, BIAS + 0x5f7000, -1, false, &found->said);
	assert_true(cursor(found) == BIAS + 0x5f7198);
	assert_string_equal(text_string(&found->said), "Continued from the bottom.");
}

/* While a name is typed, only what lies in the level that is shown is gone to. */
static void what_lies_outside_of_the_level_is_left(void **state)
{
	struct found *found = *state;
	struct inside_level *level = inside_level(&found->inside);
	const uint64_t at = level->view.cursor, match = BIAS + 0x5f7198;

	assert_true(inside_find_set(&found->find, "PyLong", &found->said));
	level->start = match + 1;
	inside_find_next(&found->find, &found->inside, at, 1, false, &found->said);
	assert_true(cursor(found) == at);
	assert_false(level->view.pinned);
	level->start = DATA;
	level->end = match;
	inside_find_next(&found->find, &found->inside, at, 1, false, &found->said);
	assert_true(cursor(found) == at);
	assert_false(level->view.pinned);
	level->end = match + 1;
	level->start = match;
	inside_find_next(&found->find, &found->inside, at, 1, false, &found->said);
	assert_true(cursor(found) == match);
	assert_true(level->view.pinned);
	level->start = DATA;
	level->end = DATA_END;
}

static void without_a_level_there_is_nothing(void **state)
{
	struct found *found = *state;
	struct inside none = {0};

	found->find.asked_at = 1;
	inside_find_cancel(&found->find, &none);
	assert_true(inside_find_set(&found->find, "type", &found->said));
	inside_find_next(&found->find, &none, DATA, 1, true, &found->said);
	assert_int_equal(found->said.length, 0);
}

/* There are ever more ways in which the letters of a name could be of the pattern. */
static void a_pattern_may_take_too_long(void **state)
{
	struct found *found = *state;
	struct inside_parts parts = {.name_count = 1, .source = INSIDE_SOURCE_SYMTAB};

	parts.names = memory_alloc(sizeof(*parts.names));
	parts.names[0] = (struct inside_name)NAME(
		0x5f7000, 8, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		INSIDE_VARIABLE, INSIDE_GLOBAL);
	parts.names[0].limit = UINT64_MAX;
	inside_take_object(
		&found->inside,
		&(struct inside_found){.object = inside_object_create(&parts), .bias = BIAS});
	assert_true(inside_find_set(&found->find, "(x+x+)+[yz]", &found->said));
	inside_find_next(&found->find, &found->inside, DATA, 1, true, &found->said);
	assert_string_equal(text_string(&found->said),
			    "The pattern takes too long here; write a simpler one.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_name_is_found_down_the_screen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_found_is_said, set_up, tear_down),
		cmocka_unit_test_setup_teardown(why_there_is_none_depends_on_the_mapping, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(the_screen_may_be_turned_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_lies_outside_of_the_level_is_left, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(without_a_level_there_is_nothing, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_pattern_may_take_too_long, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("inside_find", tests, NULL, NULL);
}
