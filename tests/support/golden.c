/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "screen/canvas.h"

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

void golden_check_canvas(const char *name, const struct canvas *canvas)
{
	struct text text = {0};

	canvas_append_text(&text, canvas);
	golden_check(name, text_string(&text));
	text_finish(&text);
}
