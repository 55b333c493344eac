/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_find.h"

#include <errno.h>

#include "base/pattern.h"
#include "base/text.h"
#include "ui/inside/inside.h"
#include "ui/text/part_words.h"
#include "ui/text/sentence.h"

void inside_find_finish(struct inside_find *find)
{
	pattern_destroy(find->pattern);
	*find = (struct inside_find){0};
}

void inside_find_begin(struct inside_find *find, const struct inside *inside)
{
	find->asked_at = inside_level_const(inside)->view.cursor;
}

void inside_find_cancel(const struct inside_find *find, struct inside *inside)
{
	struct inside_level *level = inside_level(inside);

	/* What was gone into may have ended while the name was typed. */
	if (!level)
		return;
	level->view.cursor = find->asked_at;
	level->view.pinned = false;
}

bool inside_find_set(struct inside_find *find, const char *text, struct text *say)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;

	if (!*text)
		return true;
	if (pattern_create(text, &pattern, &mistake)) {
		text_append_format(say, "%s.", mistake.message);
		return false;
	}
	pattern_destroy(find->pattern);
	find->pattern = pattern;
	return true;
}

static void show(struct inside *inside, uint64_t address, bool go)
{
	struct inside_level *level = inside_level(inside);

	if (go) {
		inside_show(inside, address);
	} else if (address >= level->start && address < level->end) {
		level->view.cursor = level->view.pin = address;
		level->view.pinned = true;
	}
}

static bool is_named(enum inside_grain grain)
{
	return grain == INSIDE_SECTIONS || grain == INSIDE_SYMBOLS;
}

/* Chunks and pages have no names. */
static const char *why_not_found(const struct inside *inside)
{
	const struct inside_level *whole = &inside->levels[0];

	if (!inside->told)
		return "The names are still being read.";
	return is_named(whole->grain) || is_named(whole->named)
		       ? "No name in this mapping matches."
		       : "Nothing in this mapping has a name; " SENTENCE_KEY(
				 "search-memory") " searches the bytes.";
}

void inside_find_next(const struct inside_find *find, struct inside *inside, uint64_t from,
		      int direction, bool go, struct text *say)
{
	const struct inside_place *place = &inside->place;
	const struct inside_level *level = inside_level_const(inside);
	struct part_match match;
	bool low_on_top;
	int error;

	if (!find->pattern || !level)
		return;
	low_on_top = level->view.low_on_top;
	/* High addresses are on top: down the screen is down in memory. */
	error = part_find_name(&inside->stuff.source, place->start, place->end, find->pattern, from,
			       low_on_top ? direction : -direction, &match);
	if (error == -ELOOP)
		text_append(say, "The pattern takes too long here; write a simpler one.");
	else if (error)
		text_append(say, why_not_found(inside));
	if (error)
		return;
	show(inside, match.address, go);
	if (match.wrapped)
		text_append(say, direction > 0 ? "Continued from the top."
					       : "Continued from the bottom.");
}
