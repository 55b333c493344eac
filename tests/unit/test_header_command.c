/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/header.h"

/* A command gives way to what stands right of it. */
static void long_commands_are_cut_before_the_user(void **state)
{
	static char long_name[200];
	const char *const arguments[] = {long_name};
	struct address_space *space = sample_python();
	struct stage stage;

	(void)state;
	memset(long_name, 'x', sizeof(long_name) - 1);
	space->target.cmdline = arguments;
	space->target.cmdline_count = 1;
	stage_open(&stage, space, 80, 24, true);
	for (int columns = 80; columns <= 140; columns += 20) {
		struct canvas *canvas = canvas_create(columns, 2, false);
		const struct scene scene = stage_scene(&stage);
		struct text text = {0};

		header_draw(canvas, (struct rect){0, 0, columns, 2}, &scene, true);
		canvas_append_text(&text, canvas);
		if (!strstr(text_string(&text), "xxx…  ann  "))
			fail_msg("'xxx…  ann  ' is not in: %s", text_string(&text));
		text_finish(&text);
		canvas_destroy(canvas);
	}
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_commands_are_cut_before_the_user),
	};

	return cmocka_run_group_tests_name("header_command", tests, NULL, NULL);
}
