/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/completion.h"
#include "app/option_table.h"
#include "base/text.h"
#include "report_text.h"
#include "support/golden.h"

static char *written(enum completion_shell shell)
{
	struct report_text text;

	report_text_begin(&text);
	completion_print(text.stream, shell);
	return report_text_end(&text);
}

/* Whether the text has the option, in the form that the shell has before its name. */
static void check_options(enum completion_shell shell, const char *before)
{
	char *text = written(shell);
	size_t count;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++) {
		struct text option = {0};

		text_append_format(&option, "%s%s", before, rows[i].name);
		if (!strstr(text, text_string(&option)))
			fail_msg("no %s", text_string(&option));
		text_finish(&option);
	}
	free(text);
}

static void every_option_is_completed(void **state)
{
	(void)state;
	check_options(COMPLETION_BASH, "--");
	check_options(COMPLETION_ZSH, "'--");
	check_options(COMPLETION_FISH, " -l ");
}

static void words_are_those_of_the_table(void **state)
{
	char *bash = written(COMPLETION_BASH), *zsh = written(COMPLETION_ZSH),
	     *fish = written(COMPLETION_FISH);

	(void)state;
	assert_non_null(strstr(bash, "\t--scale)\n\t\t_vastop_words 'log linear equal'\n"));
	assert_non_null(strstr(bash, "\t--avoid)\n\t\t_vastop_list 'procmap-query "));
	assert_non_null(strstr(zsh, ":SCALE:(log linear equal)'"));
	assert_non_null(strstr(fish, " -l scale -x -a 'log linear equal' -d "));
	assert_memory_equal(zsh, "#compdef vastop\n", 16);
	free(bash);
	free(zsh);
	free(fish);
}

static void check_whole(enum completion_shell shell, const char *name)
{
	char *text = written(shell);

	golden_check(name, text);
	free(text);
}

static void each_shell_has_all_of_it(void **state)
{
	(void)state;
	check_whole(COMPLETION_BASH, "completion_bash");
	check_whole(COMPLETION_ZSH, "completion_zsh");
	check_whole(COMPLETION_FISH, "completion_fish");
}

/* A quote in a help text would end the string that it stands in. */
static void quotes_of_help_are_escaped(void **state)
{
	char *zsh = written(COMPLETION_ZSH);

	(void)state;
	assert_non_null(strstr(zsh, "terminal'\\''s"));
	free(zsh);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_option_is_completed),
		cmocka_unit_test(words_are_those_of_the_table),
		cmocka_unit_test(each_shell_has_all_of_it),
		cmocka_unit_test(quotes_of_help_are_escaped),
	};

	return cmocka_run_group_tests_name("completion", tests, NULL, NULL);
}
