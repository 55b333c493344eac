/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include <dirent.h>

#include "record/recording.h"
#include "recording_place.h"
#include "support/child.h"

#define F10 "\033[21~"

static struct screen_play play;
static struct recording_place place;
static struct viewer viewer;
static pid_t child;

static int open_folder(void **state)
{
	(void)state;
	play = (struct screen_play){.options = screen_play_options(),
				    .process = screen_process_create()};
	place = recording_place_make();
	child = child_start(NULL, NULL);
	assert_true(child > 0);
	return 0;
}

static int close_folder(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	child_end(child);
	recording_place_remove(&place);
	screen_process_destroy(play.process);
	return 0;
}

/* Files that a key makes are made where vastop runs. */
static int play_there(const void *context)
{
	if (chdir(place.folder))
		return 99;
	return screen_play_run(context);
}

static void start(void)
{
	SKIP_WITHOUT_SQLITE();
	screen_open(&viewer, play_there, &play);
	screen_shows(&viewer, "root  sleeping");
}

static void quit(void)
{
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, 0, "");
}

/* The one file in the folder gets the name that is removed in the end. */
static void find_recording(void)
{
	DIR *folder = opendir(place.folder);
	struct dirent *entry;
	char path[400];
	int count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		assert_int_equal(strncmp(entry->d_name, "vastop-python3-4194305-20", 25), 0);
		snprintf(path, sizeof(path), "%s/%s", place.folder, entry->d_name);
		count++;
	}
	closedir(folder);
	assert_int_equal(count, 1);
	assert_int_equal(rename(path, place.path), 0);
}

/* The samples of the recording. */
static int64_t count_samples(void)
{
	struct recording *recording = NULL;
	int64_t count;

	assert_int_equal(recording_open(place.path, &recording), 0);
	count = recording_last(recording) - recording_first(recording) + 1;
	recording_close(recording);
	return count;
}

static void a_key_records_and_ends_that(void **state)
{
	(void)state;
	start();
	screen_press(&viewer, "a", "Notes are for recordings; r begins one.");
	screen_press(&viewer, "r", "Recording to vastop-python3-4194305-20");
	screen_shows(&viewer, "● live 0.01s, rec");
	screen_press(&viewer, "a", "note: ");
	screen_press(&viewer, "before\r", "The note is in the recording.");
	screen_process_grow(play.process);
	screen_shows(&viewer, "762 pages");
	screen_press(&viewer, "m", "Baseline set: growth counts from now on.");
	screen_press(&viewer, "r", "Recorded to vastop-python3-4194305-20");
	screen_loses(&viewer, ", rec");
	/* What comes now is not in it. */
	screen_process_grow(play.process);
	screen_shows(&viewer, "1 018 pages");
	quit();
	find_recording();
	assert_int_equal(count_samples(), 2);
}

static void what_is_watched_first_is_recorded_until_another_is(void **state)
{
	char words[40];

	(void)state;
	play.options.record = place.path;
	start();
	screen_shows(&viewer, "● live 0.01s, rec");
	screen_process_grow(play.process);
	screen_shows(&viewer, "762 pages");
	screen_press(&viewer, "p", "Esc leaves");
	snprintf(words, sizeof(words), "^%d$", (int)child);
	assert_true(viewer_type(&viewer, words));
	screen_shows(&viewer, " 1 of ");
	screen_press(&viewer, "\r", "Recorded to /tmp/vastop-test-");
	screen_shows(&viewer, "● live 0.01s");
	screen_loses(&viewer, ", rec");
	quit();
	assert_int_equal(count_samples(), 2);
}

static void a_condition_is_waited_for(void **state)
{
	(void)state;
	play.options.record = place.path;
	play.options.conditional = true;
	play.options.record_when = (struct condition){0};
	assert_int_equal(condition_parse("growth>512K", &play.options.record_when), 0);
	start();
	screen_loses(&viewer, ", rec");
	screen_process_grow(play.process);
	screen_shows(&viewer, "The condition holds: recording, with the minutes before.");
	screen_shows(&viewer, "● live 0.01s, rec");
	quit();
	assert_int_equal(count_samples(), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_key_records_and_ends_that, open_folder,
						close_folder),
		cmocka_unit_test_setup_teardown(what_is_watched_first_is_recorded_until_another_is,
						open_folder, close_folder),
		cmocka_unit_test_setup_teardown(a_condition_is_waited_for, open_folder,
						close_folder),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("loop_record", tests, NULL, NULL);
}
