/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include "config_folder.h"

#define F10 "\033[21~"

static struct screen_play play;
static struct viewer viewer;
static char folder[] = "/tmp/vastop-test-XXXXXX";

static int open_screen(void **state)
{
	(void)state;
	play = (struct screen_play){.options = screen_play_options(),
				    .process = screen_process_create()};
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int close_screen(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	screen_process_destroy(play.process);
	/* Nothing is left in it. */
	assert_int_equal(rmdir(folder), 0);
	return 0;
}

static int play_there(const void *context)
{
	if (chdir(folder))
		return 99;
	return screen_play_run(context);
}

static void start(void)
{
	screen_open(&viewer, play_there, &play);
	screen_shows(&viewer, "root  sleeping");
}

static void quit(void)
{
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
}

static void what_threads_find_comes_to_the_panes(void **state)
{
	(void)state;
	start();
	screen_press(&viewer, "D", "0 differ, 35 the same");
	screen_press(&viewer, "D", "55b5f7c8d000 ······ [heap] ");
	screen_press(&viewer, "!", "of 21 found");
	quit();
}

/* The last key is for the band above what the others have gone to, on the picture that they made.
 */
static void each_key_has_the_picture_of_the_one_before(void **state)
{
	(void)state;
	start();
	screen_press(&viewer, "kkkk++++k", "╭ sem.queue ──");
	screen_shows(&viewer, "log  ×16");
	quit();
}

static void nothing_comes_after_the_key_that_quits(void **state)
{
	(void)state;
	start();
	assert_true(viewer_type(&viewer, F10 "r"));
	screen_ends(&viewer, 0, "");
}

static void the_screen_is_saved(void **state)
{
	char words[100], path[200] = "", *at;

	(void)state;
	start();
	screen_press(&viewer, "w", "save as text, svg or json: ");
	screen_press(&viewer, "text\r", "Saved vastop-4194305-20");
	snprintf(words, sizeof(words), ".txt in %s.", folder);
	screen_shows(&viewer, words);
	snprintf(path, sizeof(path), "%s/%s", folder,
		 strstr(emulator_line(viewer.emulator, 23), "vastop-"));
	at = strstr(path, " in ");
	assert_non_null(at);
	*at = '\0';
	quit();
	assert_int_equal(unlink(path), 0);
}

static void what_is_damaged_is_told_at_first(void **state)
{
	(void)state;
	play.process->torn = true;
	start();
	screen_shows(&viewer,
		     "/proc/4194305/maps seems to be truncated: its last line is incomplete");
	quit();
}

static void mistakes_of_the_users_files_are_told(void **state)
{
	struct config_folder config;
	char path[200], said[300];

	(void)state;
	config_folder_open(&config);
	config_folder_write(&config, "config", "thene = nord\nscale = linear\n");
	config_folder_write(&config, "keys", "x = quit\n");
	config_folder_path(&config, "config", path);
	start();
	screen_shows(&viewer, "1 mistake in the settings; quitting shows which.");
	screen_shows(&viewer, "linear  ×1");
	snprintf(said, sizeof(said),
		 "vastop: %s:1: unknown option 'thene'; did you mean 'theme'?\n", path);
	/* The key is that of the user. */
	assert_true(viewer_type(&viewer, "x"));
	screen_ends(&viewer, 0, said);
	config_folder_close(&config);
	screen_play_prepare();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_threads_find_comes_to_the_panes, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(each_key_has_the_picture_of_the_one_before,
						open_screen, close_screen),
		cmocka_unit_test_setup_teardown(nothing_comes_after_the_key_that_quits, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(the_screen_is_saved, open_screen, close_screen),
		cmocka_unit_test_setup_teardown(what_is_damaged_is_told_at_first, open_screen,
						close_screen),
		cmocka_unit_test_setup_teardown(mistakes_of_the_users_files_are_told, open_screen,
						close_screen),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("loop_panes", tests, NULL, NULL);
}
