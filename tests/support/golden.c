/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "screen/role.h"

static void golden_path(const char *name, char *out, size_t size)
{
	const char *source = getenv("top_srcdir");

	snprintf(out, size, "%s/tests/golden/%s.txt", source ? source : ".", name);
}

static void write_golden(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void read_golden(const char *path, struct text *text)
{
	FILE *file = fopen(path, "r");
	char buffer[4096];
	size_t length;

	if (!file)
		fail_msg("%s is missing; make it with UPDATE_GOLDEN=1", path);
	while ((length = fread(buffer, 1, sizeof(buffer), file)) > 0)
		text_append_bytes(text, buffer, length);
	fclose(file);
}

void golden_check(const char *name, const char *text)
{
	struct text expected = {0};
	char path[4096];

	golden_path(name, path, sizeof(path));
	if (getenv("UPDATE_GOLDEN")) {
		write_golden(path, text);
		return;
	}
	read_golden(path, &expected);
	if (strcmp(text_string(&expected), text)) {
		print_error("--- expected %s\n%s--- got\n%s---\n", path, text_string(&expected),
			    text);
		text_finish(&expected);
		fail();
	}
	text_finish(&expected);
}

bool golden_is(const char *name, const char *text)
{
	struct text expected = {0};
	char path[4096];
	bool same;

	if (getenv("UPDATE_GOLDEN"))
		return true;
	golden_path(name, path, sizeof(path));
	read_golden(path, &expected);
	same = strcmp(text_string(&expected), text) == 0;
	text_finish(&expected);
	return same;
}

static bool is_plain(const struct cell *cell)
{
	return cell->role == ROLE_DEFAULT && cell->ground == ROLE_DEFAULT;
}

void golden_append_roles(struct text *text, const struct cell *cells, int columns)
{
	while (columns > 0 && is_plain(&cells[columns - 1]))
		columns--;
	for (int from = 0, to; from < columns; from = to) {
		const struct cell *cell = &cells[from];

		for (to = from + 1; to < columns; to++)
			if (cells[to].role != cell->role || cells[to].ground != cell->ground)
				break;
		text_append_format(text, " %s", role_name((enum role)cell->role));
		if (cell->ground != ROLE_DEFAULT)
			text_append_format(text, "/%s", role_name((enum role)cell->ground));
		text_append_format(text, " %d", to - from);
	}
}

/* Lines are counted from 1. */
static void append_lines(struct text *text, int first, int last, const char *roles)
{
	if (!*roles)
		return;
	text_append_format(text, "%d", first + 1);
	if (last > first)
		text_append_format(text, "-%d", last + 1);
	text_append_format(text, ":%s\n", roles);
}

void golden_check_roles(const char *name, const struct canvas *canvas, int first, int lines)
{
	struct text all = {0}, line = {0}, before = {0}, path = {0};
	char file[4096];
	int since = 0;

	for (int i = 0; i < lines; i++) {
		text_clear(&line);
		golden_append_roles(&line, &canvas->cells[(first + i) * canvas->columns],
				    canvas->columns);
		if (i > 0 && strcmp(text_string(&line), text_string(&before)) == 0)
			continue;
		if (i > 0)
			append_lines(&all, since, i - 1, text_string(&before));
		since = i;
		text_clear(&before);
		text_append(&before, text_string(&line));
	}
	append_lines(&all, since, lines - 1, text_string(&before));
	text_append_format(&path, "%s.roles", name);
	golden_path(text_string(&path), file, sizeof(file));
	if (getenv("UPDATE_GOLDEN") || !access(file, F_OK))
		golden_check(text_string(&path), text_string(&all));
	else
		print_message("%s has no roles yet; make them with UPDATE_GOLDEN=1\n", name);
	text_finish(&all);
	text_finish(&line);
	text_finish(&before);
	text_finish(&path);
}

void golden_check_canvas(const char *name, const struct canvas *canvas)
{
	struct text text = {0};

	canvas_append_text(&text, canvas);
	golden_check(name, text_string(&text));
	golden_check_roles(name, canvas, 0, canvas->lines);
	text_finish(&text);
}
