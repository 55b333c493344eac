/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_BYTES_SHOWN_H
#define TESTS_UNIT_BYTES_SHOWN_H

/* A screen with the pane of the bytes, and answers to what it wants. */

#include <string.h>

#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/bytes_pane.h"

#define HEAP 0x55b5f7c8d000
#define LIBC 0x7f83aa53e000
#define PAGE 4096

static inline struct bytes_pane *pane_of(const struct stage *stage)
{
	return (struct bytes_pane *)stage_pane(stage, &bytes_pane);
}

/* The screen at the beginning of the heap, with the pane open. */
static inline void open_heap(struct stage *stage, int columns, int lines)
{
	stage_open(stage, sample_python(), columns, lines, true);
	stage_press(stage, (uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, KEY_ESC, 'B', 0});
	assert_true(stage_shows(stage, &bytes_pane));
}

/* Answers what the pane wants: a text, a pointer into libc, numbers; pages of the map absent. */
static inline void answer(struct stage *stage, uint8_t first, uint8_t absent)
{
	const uint64_t pointer = LIBC + 0x26010, number = 1000;
	uint8_t bytes[BYTES_HELD_MAX] = "text, \xff\n";
	struct bytes_wish wish;

	assert_true(bytes_pane_wants(&stage->ui, &wish));
	bytes[0] = first;
	memcpy(bytes + 8, &pointer, sizeof(pointer));
	memcpy(bytes + 16, &number, sizeof(number));
	bytes_pane_take(&stage->ui, &wish, bytes, &absent, PAGE);
}

#endif
