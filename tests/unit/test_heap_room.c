/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ui/pane/heap_classes.h"
#include "ui/pane/heap_room.h"

#define COLUMNS 95 /* of the list */
#define WORDS   4

static struct heap_room lay(int columns, int lines, size_t arenas)
{
	return heap_room_lay((struct rect){1, 1, columns, lines}, arenas, COLUMNS, WORDS);
}

static void check(const struct heap_room *room, int list, int classes, int words)
{
	assert_int_equal(room->list_lines, list);
	assert_int_equal(room->classes.lines, classes);
	assert_int_equal(room->words.lines, words);
}

static void what_has_no_room_is_left_out(void **state)
{
	struct heap_room room = lay(76, 1, 1);

	(void)state;
	check(&room, 1, 0, 0);
	room = lay(76, 3, 1);
	check(&room, 1, 0, 0);
	room = lay(76, 4, 1);
	check(&room, 1, 0, 2);
	room = lay(76, 7, 1);
	check(&room, 1, 3, 2);
	/* Of several arenas a few come first. */
	room = lay(76, 7, 9);
	check(&room, 4, 0, 2);
	room = lay(76, 9, 9);
	check(&room, 3, 3, 2);
	room = lay(76, 12, 9);
	check(&room, 6, 3, 2);
	/* Too narrow. */
	room = lay(38, 12, 1);
	check(&room, 1, 0, 4);
}

static void nothing_overlaps(void **state)
{
	(void)state;
	for (int columns = 20; columns < 240; columns += 5)
		for (int lines = 1; lines < 30; lines++)
			for (size_t arenas = 1; arenas < 12; arenas++) {
				struct heap_room room = lay(columns, lines, arenas);
				int list_end = 1 + HEAP_ROOM_HEADING + room.list_lines;
				int classes_end = room.classes.line + room.classes.lines;

				assert_true(room.list_lines >= 1);
				if (room.words.lines)
					assert_int_equal(room.words.line + room.words.lines,
							 1 + lines);
				if (room.words.lines)
					assert_true(list_end <= room.words.line);
				if (!room.classes.lines)
					continue;
				assert_true(room.classes.lines >= HEAP_CLASSES_LINES);
				assert_true(room.classes.columns >= HEAP_CLASSES_COLUMNS);
				assert_true(classes_end <= 1 + lines - room.words.lines);
				assert_true(room.classes.column + room.classes.columns <=
					    1 + columns);
				assert_true(room.classes.column >= 1 + COLUMNS ||
					    room.classes.line >= list_end);
			}
}

static void with_what_it_wants_all_has_room(void **state)
{
	(void)state;
	for (int columns = 45; columns < 240; columns += 13)
		for (size_t arenas = 1; arenas < 12; arenas++) {
			int lines = heap_room_wanted(columns, arenas, COLUMNS, WORDS);
			struct heap_room room = lay(columns, lines, arenas);

			assert_true(room.list_lines >= (int)arenas);
			assert_true(room.classes.lines >= HEAP_CLASSES_LINES);
			assert_int_equal(room.words.lines, WORDS);
		}
	/* Any number of them. */
	assert_true(heap_room_wanted(80, SIZE_MAX, COLUMNS, WORDS) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_no_room_is_left_out),
		cmocka_unit_test(nothing_overlaps),
		cmocka_unit_test(with_what_it_wants_all_has_room),
	};

	return cmocka_run_group_tests_name("heap_room", tests, NULL, NULL);
}
