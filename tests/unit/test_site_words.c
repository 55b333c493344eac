/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "inside/code_frame.h"
#include "ui/text/site_words.h"

static void expect(const struct code_frame *frame, const char *function, const char *source)
{
	struct text text = {0};

	site_words_append_function(&text, frame);
	assert_string_equal(text_string(&text), function);
	text_clear(&text);
	site_words_append_source(&text, frame);
	assert_string_equal(text_string(&text), source);
	text_finish(&text);
}

static void what_is_known_is_said(void **state)
{
	struct code_frame frame = {.module = "/usr/lib/libx.so.1",
				   .function = "f(int)",
				   .offset = 16,
				   .file = "/src/x\x1b.c",
				   .line = 7};

	(void)state;
	expect(&frame, "f(int)", "  x\\x1b.c:7");
	frame.line = 0;
	expect(&frame, "f(int)", "  x\\x1b.c");
	frame.file = NULL;
	expect(&frame, "f(int)", "  libx.so.1");
	frame.function = NULL;
	expect(&frame, "libx.so.1+0x10", "");
	frame.module = "";
	expect(&frame, "code+0x10", "");
	expect(NULL, "all others", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
