/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/key_press.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kernel/clock.h"
#include "support/emulator.h"
#include "support/viewer.h"

enum { LINE_BYTES = 1024, TITLE = 2 };

#define CURSOR   "\xe2\x94\x82\xe2\x96\xb8" /* a border and the mark: its line begins so */
#define CORNER   "\xe2\x95\xae"             /* the upper right one of the main view or a pane */
#define SILENCE  INT64_C(50000000)
#define PATIENCE INT64_C(1000000000)

/* The screen as it was before the key. */
struct before {
	const struct key_step *step;
	uint64_t bytes;
	char title[LINE_BYTES], head[LINE_BYTES], place[LINE_BYTES], line[LINE_BYTES];
};

static void copy_line(struct viewer *viewer, int line, char *copy)
{
	snprintf(copy, LINE_BYTES, "%s", emulator_line(viewer->emulator, line));
}

/* The first line that has the text; empty when none does. */
static void find_line(struct viewer *viewer, const char *text, char *found)
{
	found[0] = '\0';
	for (int line = 0; !found[0] && line < viewer->lines; line++)
		if (strstr(emulator_line(viewer->emulator, line), text))
			copy_line(viewer, line, found);
}

/* The cursor's line: its number, and what is under it by its address. */
static void find_place(struct viewer *viewer, char *place)
{
	enum { ADDRESS_BYTES = 32 };

	place[0] = '\0';
	for (int line = 0; line < viewer->lines; line++) {
		const char *text = emulator_line(viewer->emulator, line);

		if (!strncmp(text, CURSOR, strlen(CURSOR)))
			snprintf(place, LINE_BYTES, "%d %.*s", line, ADDRESS_BYTES, text);
	}
}

static int count_columns(const char *line)
{
	int columns = 0;

	for (; *line; line++)
		columns += (*line & 0xc0) != 0x80;
	return columns;
}

static bool ends_with(const char *line, const char *end)
{
	size_t length = strlen(line), wanted = strlen(end);

	return length >= wanted && !strcmp(line + length - wanted, end);
}

static bool is_other(struct viewer *viewer, int line, const char *before, const char *text)
{
	const char *now = emulator_line(viewer->emulator, line);

	return strcmp(now, before) && (!text || strstr(now, text));
}

static bool begins_foot(struct viewer *viewer, const char *text)
{
	const char *foot = emulator_line(viewer->emulator, viewer->lines - 1);

	return !strncmp(foot, text, strlen(text));
}

/* Whether what is drawn reaches from the last column to the last line. */
static bool fills(struct viewer *viewer)
{
	const char *title = emulator_line(viewer->emulator, TITLE);

	return count_columns(title) == viewer->columns && ends_with(title, CORNER) &&
	       begins_foot(viewer, " Enter in");
}

static bool is_answered(struct viewer *viewer, const void *context)
{
	const struct before *before = context;
	const struct key_step *step = before->step;
	char found[LINE_BYTES];

	if (viewer->bytes == before->bytes)
		return false;
	switch (step->answer) {
	case ANSWER_TEXT: return viewer_sees(viewer, step->text);
	case ANSWER_GONE: return !viewer_sees(viewer, step->text);
	case ANSWER_TITLE: return is_other(viewer, TITLE, before->title, step->text);
	case ANSWER_HEAD: return is_other(viewer, 0, before->head, step->text);
	case ANSWER_FOOT: return begins_foot(viewer, step->text);
	case ANSWER_PAST:
		return is_other(viewer, 0, before->head, NULL) || begins_foot(viewer, step->text);
	case ANSWER_SIZE: return fills(viewer);
	case ANSWER_PLACE:
		find_place(viewer, found);
		return found[0] && strcmp(found, before->place);
	case ANSWER_LINE: find_line(viewer, step->text, found); return strcmp(found, before->line);
	}
	return false;
}

/* Whether the answer is on the screen before the key: then its time would be that of anything. */
static bool is_stale(struct viewer *viewer, const struct key_step *step)
{
	switch (step->answer) {
	case ANSWER_TEXT: return viewer_sees(viewer, step->text);
	case ANSWER_GONE: return !viewer_sees(viewer, step->text);
	case ANSWER_PAST:
	case ANSWER_FOOT: return begins_foot(viewer, step->text);
	default: return false;
	}
}

int64_t key_press(struct viewer *viewer, const struct key_step *step, int64_t deadline)
{
	struct before before = {.step = step};
	int lines, columns;
	int64_t begin, end;

	if (step->before) {
		viewer_type(viewer, step->before);
		viewer_wait_quiet(viewer, SILENCE, clock_ns(CLOCK_MONOTONIC) + PATIENCE);
	}
	if (is_stale(viewer, step))
		return -EALREADY;
	copy_line(viewer, TITLE, before.title);
	copy_line(viewer, 0, before.head);
	find_place(viewer, before.place);
	if (step->answer == ANSWER_LINE)
		find_line(viewer, step->text, before.line);
	before.bytes = viewer->bytes;
	begin = clock_ns(CLOCK_MONOTONIC);
	if (step->answer != ANSWER_SIZE)
		viewer_type(viewer, step->keys);
	else if (sscanf(step->keys, "%dx%d", &lines, &columns) == 2)
		viewer_resize(viewer, lines, columns);
	end = viewer_wait(viewer, is_answered, &before, deadline);
	return end ? end - begin : -ETIME;
}
