/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include "app/message.h"
#include "app/target_words.h"
#include "model/comparison.h"
#include "recording_made.h"

#define F10      "\033[21~"
#define HOURS_NS UINT64_C(36000000000000) /* until the next sample comes by itself */

static struct viewer viewer;
static struct recording_place place;
static struct options options;
static char argument[128];

/* A recording, which is played by hand. */
static int open_recording(void **state)
{
	(void)state;
	if (recording_place_is_possible())
		place = recording_made();
	options = screen_play_options();
	options.pid = 0;
	options.interval_ns = HOURS_NS;
	options.replay = place.path;
	return 0;
}

static int close_recording(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	if (place.path[0])
		recording_place_remove(&place);
	return 0;
}

static int play(const void *context)
{
	struct options own = *(const struct options *)context;
	struct settings settings;
	int status;

	settings_load(&settings, &own);
	status = interact_replay(&own, NULL);
	settings_finish(&settings);
	return status;
}

/* Plays it from the time behind its name, until so many pages of the heap are there. */
static void start(const char *time, const char *pages)
{
	SKIP_WITHOUT_SQLITE();
	snprintf(argument, sizeof(argument), "%s%s", place.path, time);
	options.replay = argument;
	screen_open(&viewer, play, &options);
	screen_shows(&viewer, pages);
}

static void quit(void)
{
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, EXIT_DONE, "");
}

static void it_plays_from_its_begin(void **state)
{
	char *user = target_user_name(1000);

	(void)state;
	start("", "506 pages");
	screen_shows(&viewer, user ? user : "uid 1000");
	screen_shows(&viewer, "● replay 36000.0s");
	screen_check(&viewer, "interact_replay_80x24");
	free(user);
	screen_press(&viewer, "p", "This is a recording; start vastop without one");
	quit();
}

/* A second, where the recording does not say. */
static void it_plays_at_the_interval_of_the_recording(void **state)
{
	(void)state;
	options.interval_ns = 0;
	start("", "506 pages");
	screen_shows(&viewer, "● replay 1.0s");
	quit();
}

static void all_of_it_is_played(void **state)
{
	(void)state;
	options.interval_ns = 10000000;
	start("", "530 pages");
	screen_shows(&viewer, "This is the last sample of the recording.");
	quit();
}

static void it_plays_from_a_time(void **state)
{
	(void)state;
	start("@+3s", "512 pages");
	screen_press(&viewer, "{", "510 pages");
	screen_shows(&viewer, "paused");
	screen_press(&viewer, "}", "512 pages");
	screen_press(&viewer, ",", "510 pages");
	screen_press(&viewer, "z+5s\r", "516 pages");
	screen_press(&viewer, "znoon\r", "This is not a time; type one as in 10:41:07, +90s");
	screen_press(&viewer, "z-1s\r", "528 pages");
	/* From one sample to the next a tenth of a second, though it is an hour otherwise. */
	screen_press(&viewer, "L", "● replay 36000.0s");
	screen_press(&viewer, "<", "● replay ×2");
	screen_shows(&viewer, "530 pages");
	screen_press(&viewer, ">", "● replay 36000.0s");
	screen_press(&viewer, "L", "The picture is already live.");
	quit();
}

/* The same beside the sample process. */
static int play_beside(const void *context)
{
	struct options own = *(const struct options *)context;
	struct address_space *space = sample_python();
	struct attachment given = {.against = memory_alloc(sizeof(*given.against))};
	struct settings settings;
	int status;

	*given.against = comparison_side_of(space, NULL, "before");
	address_space_destroy(space);
	settings_load(&settings, &own);
	status = interact_replay(&own, &given);
	settings_finish(&settings);
	return status;
}

static void what_is_compared_is_held_at_its_end_or_time(void **state)
{
	(void)state;
	SKIP_WITHOUT_SQLITE();
	options.interval_ns = 10000000;
	screen_open(&viewer, play_beside, &options);
	screen_shows(&viewer, "side by side");
	screen_shows(&viewer, "‖ paused  19:26:52");
	screen_shows(&viewer, "530 pages");
	quit();
	snprintf(argument, sizeof(argument), "%s@+2s", place.path);
	options.replay = argument;
	screen_open(&viewer, play_beside, &options);
	screen_shows(&viewer, "‖ paused  19:26:42");
	screen_shows(&viewer, "510 pages");
	quit();
	options.replay = "/nonexistent/file";
	screen_ends_blind(play_beside, &options, EXIT_TROUBLE,
			  "vastop: cannot show /nonexistent/file: there is no such file; check the "
			  "name.\n");
}

static void a_recording_that_cannot_be_played_is_told(void **state)
{
	struct text words = {0};

	(void)state;
	SKIP_WITHOUT_SQLITE();
	snprintf(argument, sizeof(argument), "%s@noon", place.path);
	options.replay = argument;
	screen_ends_blind(play, &options, EXIT_USAGE,
			  "vastop: 'noon' is not a time; give one as in 10:41:07, "
			  "2026-11-29T10:41:07Z, +90s (after the begin) or -5m (before the "
			  "end).\n");
	options.replay = "/nonexistent/file";
	screen_ends_blind(play, &options, EXIT_TROUBLE,
			  "vastop: cannot show /nonexistent/file: there is no such file; check the "
			  "name.\n");
	options.replay = place.path;
	screen_ends_blind(play, &options, EXIT_TROUBLE,
			  "vastop: the screen needs a terminal; vastop --once PID writes one "
			  "picture anywhere.\n");
	assert_int_equal(truncate(place.path, 4096), 0);
	text_append_format(&words,
			   "vastop: cannot show %s: it is not a recording of vastop, or it is "
			   "damaged; name a file that --record made (a JSON snapshot is "
			   "for --diff).\n",
			   place.path);
	screen_ends_blind(play, &options, EXIT_TROUBLE, text_string(&words));
	text_finish(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_plays_from_its_begin, open_recording,
						close_recording),
		cmocka_unit_test_setup_teardown(it_plays_at_the_interval_of_the_recording,
						open_recording, close_recording),
		cmocka_unit_test_setup_teardown(all_of_it_is_played, open_recording,
						close_recording),
		cmocka_unit_test_setup_teardown(it_plays_from_a_time, open_recording,
						close_recording),
		cmocka_unit_test_setup_teardown(what_is_compared_is_held_at_its_end_or_time,
						open_recording, close_recording),
		cmocka_unit_test_setup_teardown(a_recording_that_cannot_be_played_is_told,
						open_recording, close_recording),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("interact_replay", tests, NULL, NULL);
}
