/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/canvas.h"
#include "ui/scene.h"
#include "ui/table/totals.h"
#include "ui/text/death_words.h"
#include "ui/text/program_name.h"

#define COMMAND_COLUMNS_MIN 16
#define CLOCK_FROM          60 /* columns from which the clock has room */

/* The command line as typed; a process without one (a zombie) is known by its comm. */
static void append_command(struct text *text, const struct scene *scene)
{
	const struct target *target = &scene->space->target;
	size_t count = target->cmdline_count;

	/* Programs that write a title over their arguments leave the rest of these empty. */
	while (count && !target->cmdline[count - 1][0])
		count--;
	for (size_t i = 0; i < count; i++) {
		const char *argument = target->cmdline[i];

		if (i)
			text_append_char(text, ' ');
		else
			argument = program_name(argument, target->exe);
		utf8_append_escaped(text, argument, strlen(argument));
	}
	if (text->length == 0)
		utf8_append_escaped(text, target->comm, strlen(target->comm));
	if (text->length == 0)
		text_append(text, scene->glyphs->unknown);
}

/* Who and how: the part right of the command. */
static void append_who(struct text *text, const struct scene *scene)
{
	const struct target *target = &scene->space->target;
	const char *unknown = scene->glyphs->unknown;

	if (scene->status->user)
		utf8_append_escaped(text, scene->status->user, strlen(scene->status->user));
	else if (target->uid != TARGET_UNKNOWN)
		text_append_format(text, "uid %" PRIu64, target->uid);
	else
		text_append_format(text, "uid %s", unknown);
	if (target->state == '?')
		text_append_format(text, "  state %s", unknown);
	else
		text_append_format(text, "  %s", target_state_words(target->state));
	if (target->threads)
		text_append_format(text, "  %" PRIu32 " thread%s", target->threads,
				   target->threads == 1 ? "" : "s");
	else
		text_append_format(text, "  threads %s", unknown);
}

/* The last digit that is shown of an interval stands for so many nanoseconds. */
static uint64_t interval_digit(uint64_t ns)
{
	return ns < 100000000 ? 10000000 : 100000000;
}

static void append_interval(struct text *text, const char *label, uint64_t ns)
{
	text_append_format(text, "%s%" PRIu64 ".%0*" PRIu64 "s", label, ns / 1000000000,
			   ns < 100000000 ? 2 : 1, ns % 1000000000 / interval_digit(ns));
}

/* What is shown of an interval. */
static uint64_t shown_interval(uint64_t ns)
{
	return ns - ns % interval_digit(ns);
}

/* Which changes are missed where they are undone within a time that is longer than an interval. */
static void append_coverage(struct text *text, const struct scene_status *status)
{
	const struct coverage *coverage = &status->coverage;

	if (shown_interval(coverage->seen_ns) > shown_interval(status->interval_ns))
		append_interval(text, ", list ", coverage->seen_ns);
	if (coverage->level != COVERAGE_ALL)
		append_interval(text, coverage->level == COVERAGE_CODE ? ", r/w " : ", perms ",
				coverage->rest_ns);
}

/* " 6.2 s", " 2 min 05 s", " 1 h 03 min"; not where the clock was set back in between. */
static void append_back(struct text *text, int64_t ns)
{
	int64_t seconds = ns / 1000000000;

	if (ns < 0)
		return;
	if (seconds < 60)
		text_append_format(text, " %" PRId64 ".%d s", seconds,
				   (int)(ns % 1000000000 / 100000000));
	else if (seconds < 3600)
		text_append_format(text, " %" PRId64 " min %02d s", seconds / 60,
				   (int)(seconds % 60));
	else
		text_append_format(text, " %" PRId64 " h %02d min", seconds / 3600,
				   (int)(seconds / 60 % 60));
}

/* " core: SIGSEGV at 10" */
static void append_death(struct text *text, const struct target *target)
{
	struct text death = {0};

	death_words_append_short(&death, target);
	text_append_format(text, death.length ? " core: %s" : " core%s", text_string(&death));
	text_finish(&death);
}

static const char *back_words(const struct scene_status *status)
{
	if (status->back_ns < 0)
		return " earlier";
	if (!status->banner)
		return " ago";
	return status->ended ? " before the end" : " before the last";
}

static void append_state(struct text *text, const struct scene *scene)
{
	const struct scene_status *status = scene->status;
	const struct glyphs *glyphs = scene->glyphs;
	char sign[4];

	text_append_bytes(text, sign,
			  utf8_encode(status->stale                           ? glyphs->paused
				      : status->banner                        ? glyphs->ended
				      : status->paused                        ? glyphs->paused
				      : status->recorded && !status->replayed ? glyphs->ended
									      : glyphs->live,
				      sign));
	if (status->stale)
		text_append_format(text, " stale since %s", status->stale);
	else if (status->earlier) {
		append_back(text, status->back_ns);
		text_append(text, back_words(status));
	} else if (status->banner)
		text_append(text, status->ended ? " ended" : " not readable");
	else if (status->paused)
		text_append(text, " paused");
	else if (status->replayed && status->speed > 1)
		text_append_format(text, " replay %s%u", glyphs->times, status->speed);
	else if (status->replayed)
		append_interval(text, " replay ", status->interval_ns);
	else if (scene->space->target.is_core)
		append_death(text, &scene->space->target);
	else if (status->recorded)
		text_append(text, " recorded");
	else {
		append_interval(text, " live ", status->interval_ns);
		append_coverage(text, status);
	}
	if (status->recording)
		text_append(text, ", rec");
}

/* What the line says of the process. */
struct words {
	struct text command, who, state;
	int command_columns, who_columns, state_columns;
};

static void make_words(struct words *words, const struct scene *scene)
{
	*words = (struct words){0};
	append_command(&words->command, scene);
	append_who(&words->who, scene);
	append_state(&words->state, scene);
	words->command_columns = (int)utf8_columns(text_string(&words->command));
	words->who_columns = (int)utf8_columns(text_string(&words->who));
	words->state_columns = (int)utf8_columns(text_string(&words->state));
}

static void finish_words(struct words *words)
{
	text_finish(&words->command);
	text_finish(&words->who);
	text_finish(&words->state);
}

/* Draws the state and, where it is wanted, the clock; returns the column where they begin. */
static int draw_state(struct canvas *canvas, struct rect rect, const struct scene *scene,
		      const struct words *words, bool clock)
{
	const struct scene_status *status = scene->status;
	int end = rect.column + rect.columns - 1;

	if (status->clock && clock) {
		canvas_write_right(canvas, rect.column, rect.line, end - rect.column, status->clock,
				   ROLE_MUTED);
		end -= (int)utf8_columns(status->clock) + 2;
	}
	canvas_write_right(canvas, rect.column, rect.line, end - rect.column,
			   text_string(&words->state),
			   status->banner                       ? ROLE_DANGER
			   : status->paused || status->recorded ? ROLE_PAUSED
								: ROLE_LIVE);
	return end - words->state_columns;
}

/* The columns of the command that go before all else. */
static int least_command(const struct words *words)
{
	return words->command_columns < COMMAND_COLUMNS_MIN ? words->command_columns
							    : COMMAND_COLUMNS_MIN;
}

/* Who it is and how it does go before the clock, unless there is no room for them anyway. */
static bool has_room_for_clock(struct rect rect, const struct scene *scene,
			       const struct words *words)
{
	int without, clock;

	if (rect.columns < CLOCK_FROM || !scene->status->clock)
		return false;
	clock = (int)utf8_columns(scene->status->clock) + 2;
	without = snprintf(NULL, 0, " vastop %" PRId32 " ", scene->space->target.pid) +
		  least_command(words) + 2 + words->who_columns + 2 + words->state_columns + 1;
	return without + clock <= rect.columns || without > rect.columns;
}

/* The command gives way to the words right of it, but keeps COMMAND_COLUMNS_MIN where it needs
 * them. */
static void draw_process(struct canvas *canvas, struct rect rect, const struct scene *scene,
			 const struct words *words, int end)
{
	struct totals_line line = {.canvas = canvas,
				   .column = rect.column + 1,
				   .line = rect.line,
				   .end = end - 2,
				   .sought = -1};
	char pid[16];
	int room;

	snprintf(pid, sizeof(pid), "%" PRId32, scene->space->target.pid);
	totals_add(&line, "vastop", pid, ROLE_VALUE);
	line.column--;
	room = line.end - line.column;
	if (least_command(words) + 2 + words->who_columns <= room) {
		canvas_write_right(canvas, line.column, line.line, room, text_string(&words->who),
				   ROLE_DEFAULT);
		room -= words->who_columns + 2;
	}
	canvas_write(canvas, line.column, line.line, room, text_string(&words->command),
		     ROLE_HEADER);
}

void header_draw(struct canvas *canvas, struct rect rect, const struct scene *scene, bool state)
{
	int end = rect.column + rect.columns;
	struct words words;

	make_words(&words, scene);
	if (state)
		end = draw_state(canvas, rect, scene, &words,
				 has_room_for_clock(rect, scene, &words));
	draw_process(canvas, rect, scene, &words, end);
	totals_draw(canvas, (struct rect){rect.column, rect.line + 1, rect.columns, 1}, scene);
	finish_words(&words);
}
