/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/generated_name.h"

#include <stdbool.h>
#include <string.h>

#include "base/number.h"

static const char *const v8_tags[] = {"LazyCompile:", "JS:", "Function:", "Eval:", "Script:"};

/* V8 marks how the code was compiled: '~' interpreted, '^' baseline, '+' and '*' optimized. */
#define V8_MARKS "~^+*'"

static const char *skip_tag(const char *name)
{
	for (size_t i = 0; i < sizeof(v8_tags) / sizeof(*v8_tags); i++) {
		size_t length = strlen(v8_tags[i]);

		if (strncmp(name, v8_tags[i], length) == 0)
			return name + length;
	}
	return NULL;
}

/* The last colon before the end with a number behind it; NULL where there is none. */
static const char *number_before(const char *start, const char *end, uint64_t *ret_number)
{
	const char *at = end;

	while (at > start && at[-1] >= '0' && at[-1] <= '9')
		at--;
	if (at == end || at == start || at[-1] != ':')
		return NULL;
	start = at;
	return number_scan(&start, end, 10, ret_number) ? NULL : at - 1;
}

/* "FILE:LINE:COLUMN", with parts of it missing from the end. */
static void take_place(const char *place, struct generated_name *name)
{
	const char *end = place + strlen(place), *before;
	uint64_t last, line;

	before = number_before(place, end, &last);
	if (before) {
		end = before;
		before = number_before(place, end, &line);
		if (before)
			end = before;
		else
			line = last;
		name->line = line <= UINT32_MAX ? (uint32_t)line : 0;
	}
	if (end > place) {
		name->file = place;
		name->file_length = (size_t)(end - place);
	} else {
		name->line = 0;
	}
}

static bool take_v8(const char *whole, struct generated_name *name)
{
	const char *function = skip_tag(whole), *blank;

	if (!function)
		return false;
	function += strspn(function, V8_MARKS);
	blank = strchr(function, ' ');
	if (blank)
		take_place(blank + 1, name);
	/* Without a name of its own it is called as its file is; a script has none but that. */
	if (blank == function && name->file) {
		name->function = name->file;
		name->function_length = name->file_length;
		return true;
	}
	if (!*function || blank == function)
		return false;
	name->function = function;
	name->function_length = blank ? (size_t)(blank - function) : strlen(function);
	return true;
}

static bool take_python(const char *whole, struct generated_name *name)
{
	const char *function, *colon;

	if (strncmp(whole, "py::", 4) != 0)
		return false;
	function = whole + 4;
	/* A path may have a colon, a name has none, but "<lambda>" and "A.<locals>.f" begin so. */
	colon = strchr(function, ':');
	if (!colon || colon == function)
		return false;
	name->function = function;
	name->function_length = (size_t)(colon - function);
	if (colon[1]) {
		name->file = colon + 1;
		name->file_length = strlen(colon + 1);
	}
	return true;
}

void generated_name_read(const char *whole, struct generated_name *ret_name)
{
	struct generated_name name = {0};

	if (!take_python(whole, &name) && !take_v8(whole, &name))
		name = (struct generated_name){.function = whole, .function_length = strlen(whole)};
	*ret_name = name;
}
