/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * How calm the picture of a growing process is: programs that leak as real ones do, a sample a
 * second, on a screen of 120 columns and 40 lines. Once what grows has a band of its own, no label
 * of the picture changes its line.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "screen/canvas.h"
#include "support/stage.h"

enum { COLUMNS = 120, LINES = 40, SECONDS = 25, SETTLED = 4, LABEL_AT = 25, LABEL_LENGTH = 22 };

/* The labels of the picture's lines, without digits: figures may change. */
struct labels {
	char lines[LINES][LABEL_LENGTH + 1];
};

static void read_labels(struct stage *stage, struct labels *ret_labels)
{
	int column, line;

	assert_true(stage_find(stage, "address space", &column, &line));
	memset(ret_labels, 0, sizeof(*ret_labels));
	for (line = 3; line < stage->ui.frame.main.lines; line++)
		for (int i = 0, at = 0; i < LABEL_LENGTH; i++) {
			uint32_t c = stage->canvas->cells[line * COLUMNS + LABEL_AT + i].glyph;

			if (c > ' ' && c < 0x7f && (c < '0' || c > '9'))
				ret_labels->lines[line][at++] = (char)c;
		}
}

/* The only line with the label; -1: there is none, or there are several. */
static int find_label(const struct labels *labels, const char *label)
{
	int found = -1;

	for (int line = 0; line < LINES; line++) {
		if (strcmp(labels->lines[line], label) != 0)
			continue;
		if (found >= 0)
			return -1;
		found = line;
	}
	return found;
}

static int count_moved(const struct labels *before, const struct labels *now)
{
	int moved = 0;

	for (int line = 0; line < LINES; line++) {
		const char *label = before->lines[line];
		int then = *label ? find_label(before, label) : -1, next;

		if (then < 0)
			continue;
		next = find_label(now, label);
		moved += next >= 0 && next != then;
	}
	return moved;
}

#define RW     "rw-p 00000000 00:00 0"
#define GUARD  "---p 00000000 00:00 0"
#define FILE_1 "fe:00 77"

static void add(struct text *maps, uint64_t start, uint64_t size, const char *rest)
{
	text_append_format(maps, "%" PRIx64 "-%" PRIx64 " %s\n", start, start + size, rest);
}

static void add_program(struct text *maps)
{
	add(maps, 0x400000, 0x1000, "r--p 00000000 " FILE_1 " /bin/x");
	add(maps, 0x401000, 0x20000, "r-xp 00001000 " FILE_1 " /bin/x");
	add(maps, 0x421000, 0x8000, "r--p 00021000 " FILE_1 " /bin/x");
	add(maps, 0x42a000, 0x3000, "rw-p 00029000 " FILE_1 " /bin/x");
}

static void add_libraries(struct text *maps)
{
	for (uint64_t i = 0; i < 30; i++) {
		char rest[80];

		snprintf(rest, sizeof(rest), "r-xp 00000000 fe:00 %d /lib/lib%c%c.so",
			 (int)(100 + i), (int)('a' + i / 6), (int)('a' + i % 6));
		add(maps, 0x7f0000000000 + i * 0x400000, 0x150000, rest);
		add(maps, 0x7f0000150000 + i * 0x400000, 0x4000, RW);
	}
	add(maps, 0x7ffc00000000, 0x21000, RW " [stack]");
}

/* Anonymous memory that grows downwards below the libraries, as that of mmap(2) does; and the heap.
 */
static void python(struct text *maps, uint64_t second)
{
	add_program(maps);
	add(maps, 0x5000000, 0x200000 + second * 0x21000, RW " [heap]");
	add(maps, 0x7effff000000 - second * 0x100000, 0x800000 + second * 0x100000, RW);
	add_libraries(maps);
}

/* A thread more a second, below the others. */
static void threads(struct text *maps, uint64_t second)
{
	add_program(maps);
	add(maps, 0x5000000, 0x200000, RW " [heap]");
	for (uint64_t i = second + 6; i-- > 0;) {
		add(maps, 0x7effff000000 - (i + 1) * 0x801000, 0x1000, GUARD);
		add(maps, 0x7effff001000 - (i + 1) * 0x801000, 0x800000, RW);
	}
	add_libraries(maps);
}

/* Pages of 256 KiB at addresses of the runtime's own choice, eight more a second. */
static void node(struct text *maps, uint64_t second)
{
	add_program(maps);
	add(maps, 0x5000000, 0x200000 + second * 0x21000, RW " [heap]");
	for (uint64_t i = 0; i < 4096; i++)
		/* Each has its place among the others from the start, and its time. */
		if (i * 2654435761 % 4096 < 40 + second * 8)
			add(maps, 0x10000000000 + i * 0x1234 * 0x40000, 0x40000, RW);
	add(maps, 0x7eff00000000, 0x2000000, "r-xp 00000000 fe:00 99 /lib/libnode.so.108");
	add_libraries(maps);
}

static struct address_space *space_at(void (*describe)(struct text *maps, uint64_t second),
				      uint64_t second)
{
	struct text maps = {0};
	struct address_space *space;

	describe(&maps, second);
	space = maps_space_create(NULL, text_string(&maps));
	text_finish(&maps);
	return space;
}

static void check_calm(void (*describe)(struct text *maps, uint64_t second))
{
	struct labels before, now;
	struct stage stage;
	int labels = 0;

	stage_open(&stage, space_at(describe, 0), COLUMNS, LINES, true);
	for (int second = 1; second < SECONDS; second++) {
		stage_add(&stage, space_at(describe, (uint64_t)second), second);
		read_labels(&stage, &now);
		if (second > SETTLED)
			assert_int_equal(count_moved(&before, &now), 0);
		before = now;
	}
	for (int line = 0; line < LINES; line++)
		labels += find_label(&now, now.lines[line]) == line && now.lines[line][0];
	/* There is something to stay: the program's parts, the heap, the stack, what grows. */
	assert_in_range(labels, 8, LINES);
	stage_close(&stage);
}

static void a_growing_heap_and_mapping_move_nothing(void **state)
{
	(void)state;
	check_calm(python);
}

static void new_threads_move_nothing(void **state)
{
	(void)state;
	check_calm(threads);
}

static void new_pages_of_a_runtime_move_nothing(void **state)
{
	(void)state;
	check_calm(node);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_growing_heap_and_mapping_move_nothing),
		cmocka_unit_test(new_threads_move_nothing),
		cmocka_unit_test(new_pages_of_a_runtime_move_nothing),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("calm_screens", tests, NULL, NULL);
}
