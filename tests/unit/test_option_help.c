/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "app/option_help.h"
#include "app/option_table.h"
#include "base/utf8.h"
#include "support/capture.h"
#include "support/golden.h"

static char *help(void)
{
	struct capture capture;

	capture_begin(&capture, 1);
	option_help_print(stdout);
	fflush(stdout);
	return capture_end(&capture);
}

static void names_every_option(void **state)
{
	char *text = help(), line[64];
	size_t count;
	const struct option_row *rows = option_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const char *argument = rows[i].argument ? rows[i].argument : "";
		const char *before = !rows[i].argument ? "" : rows[i].optional ? "[=" : "=";

		snprintf(line, sizeof(line), " --%s%s%s%s ", rows[i].name, before, argument,
			 rows[i].optional ? "]" : "");
		if (!strstr(text, line))
			fail_msg("the help does not show%s", line);
	}
	free(text);
}

/* Each in its group. */
static void is_as_expected(void **state)
{
	char *text = help();

	(void)state;
	golden_check("option_help", text);
	free(text);
}

static void fits_a_terminal(void **state)
{
	char *text = help();

	(void)state;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (utf8_columns(line) > 80)
			fail_msg("wider than 80 columns: %s", line);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_every_option),
		cmocka_unit_test(is_as_expected),
		cmocka_unit_test(fits_a_terminal),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests_name("option_help", tests, NULL, NULL);
}
