/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"
#include "app/theme_file.h"
#include "base/text.h"
#include "config_folder.h"
#include "screen/theme.h"
#include "support/capture.h"

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

static int load(const char *name, struct theme *theme, char **ret_said)
{
	struct capture capture;
	int status;

	capture_begin(&capture, 2);
	status = theme_file_load(name, "", theme);
	*ret_said = capture_end(&capture);
	return status;
}

static void the_default_needs_no_file(void **state)
{
	struct theme theme, named;
	char *said;

	(void)state;
	assert_int_equal(load(NULL, &theme, &said), 0);
	assert_string_equal(said, "");
	free(said);
	assert_int_equal(load("default", &named, &said), 0);
	free(said);
	assert_memory_equal(&theme.styles[ROLE_KIND_HEAP], &named.styles[ROLE_KIND_HEAP],
			    sizeof(struct style));
}

static void a_user_s_theme_is_found_by_name_and_by_path(void **state)
{
	char folder[] = "/tmp/vastop-theme-XXXXXX", path[200];
	struct theme theme;
	char *said;

	(void)state;
	assert_non_null(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	snprintf(path, sizeof(path), "%s/vastop", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/vastop/themes", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/vastop/themes/mine.theme", folder);
	write_file(path, "kind-heap = #010203\n");
	assert_int_equal(load("mine", &theme, &said), 0);
	assert_string_equal(said, "");
	free(said);
	assert_int_equal(theme.styles[ROLE_KIND_HEAP].foreground.blue, 3);
	assert_int_equal(load(path, &theme, &said), 0);
	free(said);
	/* A broken line is told with its number; the rest applies. */
	write_file(path, "kind-heap = blu\nkind-text = #040506\n");
	assert_int_equal(load("mine", &theme, &said), 0);
	assert_non_null(strstr(said, "mine.theme:1: "));
	free(said);
	assert_int_equal(theme.styles[ROLE_KIND_TEXT].foreground.blue, 6);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(folder);
}

static void a_theme_that_is_not_there_is_said(void **state)
{
	struct theme theme;
	char *said;

	(void)state;
	assert_int_equal(load("no-such-theme", &theme, &said), EXIT_USAGE);
	assert_non_null(strstr(said, "no-such-theme"));
	free(said);
	assert_int_equal(load("defualt", &theme, &said), EXIT_USAGE);
	assert_non_null(strstr(said, "did you mean 'default'?"));
	free(said);
	assert_int_equal(load("/nonexistent/\033[2J", &theme, &said), EXIT_USAGE);
	assert_null(strchr(said, '\033'));
	free(said);
	assert_int_equal(load("/", &theme, &said), EXIT_USAGE);
	free(said);
}

static void check_about(const char *bytes, const char *about)
{
	struct config_folder folder;
	struct text text = {0};

	config_folder_open(&folder);
	config_folder_write(&folder, "themes/mine.theme", bytes);
	theme_file_append_about("mine", &text);
	assert_string_equal(text_string(&text), about);
	text_finish(&text);
	config_folder_close(&folder);
}

/* What is no theme is of no concern. */
static void a_theme_says_what_it_is(void **state)
{
	(void)state;
	check_about("#  Mine\nlabel = red\n", "Mine");
	check_about("#  Mine\nkind-vsyscall = red\n", "Mine");
	check_about("# Something else\n", "");
	check_about("label = red\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_needs_no_file),
		cmocka_unit_test(a_user_s_theme_is_found_by_name_and_by_path),
		cmocka_unit_test(a_theme_that_is_not_there_is_said),
		cmocka_unit_test(a_theme_says_what_it_is),
	};

	return cmocka_run_group_tests_name("theme_file", tests, NULL, NULL);
}
