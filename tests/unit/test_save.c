/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/save.h"
#include "screen/canvas.h"
#include "support/sample.h"
#include "support/stage.h"

#define PATIENCE_MS 60000

static const char *const ends[UI_SAVE_COUNT] = {"txt", "svg", "json"};

/* A folder of its own is the current one while a test runs. */
static char folder[] = "/tmp/vastop-save-XXXXXX";

static int enter(void **state)
{
	(void)state;
	strcpy(folder + sizeof(folder) - sizeof("XXXXXX"), "XXXXXX");
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave(void **state)
{
	glob_t files;

	(void)state;
	if (!glob("*", 0, NULL, &files))
		for (size_t i = 0; i < files.gl_pathc; i++)
			unlink(files.gl_pathv[i]);
	globfree(&files);
	return chdir("/") || rmdir(folder) ? -1 : 0;
}

/* Saves, and waits until it is said what came of it. */
static void save_as(enum ui_save form, struct save *save, struct stage *stage)
{
	struct canvas *canvas = canvas_create(20, 2, false);
	struct pollfd wait = {.events = POLLIN};

	canvas_write(canvas, 1, 1, 19, "on the screen", ROLE_DEFAULT);
	save_begin(save, (struct save_page){canvas, "default", false}, form, &stage->ui);
	canvas_destroy(canvas);
	wait.fd = save_descriptor(save);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	save_take(save, &stage->ui);
}

/* How many files there are of that end; the first one's contents, to be freed. */
static size_t look(const char *end, char **ret_text)
{
	char pattern[80], *text = NULL;
	size_t capacity = 0, count;
	struct stat status;
	glob_t files;
	FILE *file;

	snprintf(pattern, sizeof(pattern), "vastop-20712-2*-*.%s", end);
	assert_int_equal(glob(pattern, 0, NULL, &files), 0);
	assert_int_equal(stat(files.gl_pathv[0], &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	file = fopen(files.gl_pathv[0], "r");
	assert_non_null(file);
	assert_true(getdelim(&text, &capacity, '\0', file) > 0);
	fclose(file);
	count = files.gl_pathc;
	globfree(&files);
	*ret_text = text;
	return count;
}

static void each_form_has_its_file(void **state)
{
	static const char *const parts[UI_SAVE_COUNT] = {
		"\n on the screen\n", "on the screen</tspan>", "\"vastop.snapshot/1\""};
	struct save save = {0};
	struct stage stage;
	char *text;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(save_descriptor(&save), -1);
	for (enum ui_save form = 0; form < UI_SAVE_COUNT; form++) {
		save_as(form, &save, &stage);
		assert_memory_equal(stage.ui.message.text, "Saved vastop-20712-", 19);
		assert_non_null(strstr(stage.ui.message.text, folder));
		assert_int_equal(look(ends[form], &text), 1);
		assert_non_null(strstr(text, parts[form]));
		free(text);
	}
	save_finish(&save);
	stage_close(&stage);
}

static void what_is_there_is_never_overwritten(void **state)
{
	enum { TIMES = 5 };
	struct save save = {0};
	struct stage stage;
	char *text;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (int i = 0; i < TIMES; i++)
		save_as(UI_SAVE_TEXT, &save, &stage);
	assert_int_equal(look("txt", &text), TIMES);
	free(text);
	save_finish(&save);
	stage_close(&stage);
}

static void why_it_cannot_is_said(void **state)
{
	struct save save = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	/* No file can be made in a folder that is not there any more. */
	assert_int_equal(rmdir(folder), 0);
	save_as(UI_SAVE_SVG, &save, &stage);
	assert_memory_equal(stage.ui.message.text, "Cannot save in ", 15);
	assert_non_null(strstr(stage.ui.message.text, "No such file"));
	assert_int_equal(mkdir(folder, 0700), 0);
	save_finish(&save);
	stage_close(&stage);
}

/* A file that may grow no further. */
static void a_part_of_a_file_is_not_left(void **state)
{
	const struct rlimit none = {10, RLIM_INFINITY};
	struct rlimit before;
	struct save save = {0};
	struct stage stage;
	glob_t files;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	for (enum ui_save form = 0; form < UI_SAVE_COUNT; form++) {
		save_as(form, &save, &stage);
		assert_memory_equal(stage.ui.message.text, "Cannot save in ", 15);
		assert_non_null(strstr(stage.ui.message.text, ": File too large."));
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(glob("*", 0, NULL, &files), GLOB_NOMATCH);
	save_finish(&save);
	stage_close(&stage);
}

static void what_is_known_of_memory_is_saved(void **state)
{
	struct save save = {0};
	struct stage stage;
	char *text;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, false);
	save_as(UI_SAVE_JSON, &save, &stage);
	assert_int_equal(look("json", &text), 1);
	assert_non_null(strstr(text, "pagemap-scan"));
	free(text);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	save_finish(&save);
	stage_close(&stage);
}

static void the_list_of_processes_has_a_name_of_its_own(void **state)
{
	struct save save = {0};
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	save_as(UI_SAVE_TEXT, &save, &stage);
	assert_memory_equal(stage.ui.message.text, "Saved vastop-processes-20", 25);
	save_take(&save, &stage.ui);
	save_finish(&save);
	stage_close(&stage);
}

static void nothing_was_saved_and_nothing_is_to_be_freed(void **state)
{
	struct save save = {0};

	(void)state;
	save_finish(&save);
	assert_int_equal(save_descriptor(&save), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_form_has_its_file, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_there_is_never_overwritten, enter, leave),
		cmocka_unit_test_setup_teardown(why_it_cannot_is_said, enter, leave),
		cmocka_unit_test_setup_teardown(a_part_of_a_file_is_not_left, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_known_of_memory_is_saved, enter, leave),
		cmocka_unit_test_setup_teardown(the_list_of_processes_has_a_name_of_its_own, enter,
						leave),
		cmocka_unit_test(nothing_was_saved_and_nothing_is_to_be_freed),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
