/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "screen_play.h"

#include "core_bytes.h"

#include "app/compare_screen.h"
#include "app/message.h"
#include "model/usage.h"
#include "recording_made.h"
#include "report/json.h"
#include "support/child.h"
#include "written_file.h"

/* --diff A B on the screen, for each of what A and B may be. */

#define F10 "\033[21~"

static struct options options;
static struct viewer viewer;
static struct written_file snapshot, core;
static struct recording_place recording;
static pid_t child;
static char pid[16], words[200];

static void write_core(const char *path)
{
	struct core_bytes bytes;
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	core_bytes_init(&bytes);
	core_writer_write(file, &bytes.core);
	fclose(file);
}

/* A snapshot of the sample process. */
static void write_snapshot(const char *path)
{
	struct address_space *space = sample_python();
	const struct usage_table usage = {0};
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(json_write_snapshot(file, space, &usage, NULL), 0);
	fclose(file);
	address_space_destroy(space);
}

static int open_sides(void **state)
{
	(void)state;
	snapshot = written_file_make("");
	core = written_file_make("");
	write_snapshot(snapshot.path);
	write_core(core.path);
	recording = (struct recording_place){0};
	if (recording_place_is_possible())
		recording = recording_made();
	child = child_start(NULL, NULL);
	assert_true(child > 0);
	snprintf(pid, sizeof(pid), "%d", (int)child);
	options = screen_play_options();
	options.action = ACTION_DIFF;
	options.pid = 0;
	options.no_smaps = true;
	options.operand_count = 2;
	return 0;
}

static int close_sides(void **state)
{
	(void)state;
	if (viewer.emulator)
		viewer_stop(&viewer);
	child_end(child);
	written_file_remove(&snapshot);
	written_file_remove(&core);
	if (recording.path[0])
		recording_place_remove(&recording);
	return 0;
}

static int play(const void *context)
{
	struct options own = *(const struct options *)context;
	struct settings settings;
	int status;

	settings_load(&settings, &own);
	status = compare_screen_run(&own);
	settings_finish(&settings);
	return status;
}

static void start(const char *a, const char *b)
{
	options.operands[0] = a;
	options.operands[1] = b;
	screen_open(&viewer, play, &options);
	screen_shows(&viewer, "side by side");
	screen_shows(&viewer, " differ, ");
}

static void quit(void)
{
	assert_true(viewer_type(&viewer, F10));
	screen_ends(&viewer, EXIT_DONE, "");
}

/* The operand with a time behind it. */
static const char *at(const char *path, const char *time)
{
	snprintf(words, sizeof(words), "%s@%s", path, time);
	return words;
}

static void a_recording_is_held_at_its_end_or_time(void **state)
{
	(void)state;
	SKIP_WITHOUT_SQLITE();
	start(snapshot.path, recording.path);
	screen_shows(&viewer, "1 differ, 34 the same");
	screen_shows(&viewer, "‖ paused  19:26:52");
	screen_shows(&viewer, "a 12:21:07, /tmp/vas…");
	screen_shows(&viewer, "b shown, 19:26:52");
	screen_shows(&viewer, "530 pages");
	screen_shows(&viewer, "This is the last sample of the recording.");
	quit();
	start(snapshot.path, at(recording.path, "+2s"));
	screen_shows(&viewer, "b shown, 19:26:42");
	screen_shows(&viewer, "510 pages");
	quit();
}

static void a_snapshot_is_all_that_there_is(void **state)
{
	(void)state;
	SKIP_WITHOUT_SQLITE();
	start(at(recording.path, "+1s"), snapshot.path);
	screen_shows(&viewer, "a 19:26:41, /tmp/vas…");
	screen_shows(&viewer, "b shown, 12:21:07");
	screen_shows(&viewer, "‖ paused  12:21:07");
	screen_press(&viewer, ".", "There is only this sample.");
	quit();
}

static void a_core_file_is_what_it_was(void **state)
{
	(void)state;
	start(snapshot.path, core.path);
	screen_shows(&viewer, "34 differ, 3 the same");
	screen_shows(&viewer, "core: SIGSEGV at 10");
	screen_shows(&viewer, "b shown, ");
	screen_press(&viewer, "p", "This is a core file; start vastop without one to choose");
	quit();
}

static void a_process_is_watched(void **state)
{
	(void)state;
	start(core.path, pid);
	screen_shows(&viewer, "b now, ");
	screen_shows(&viewer, "● live 0.01s");
	quit();
	options.interval_ns = 0;
	start(pid, pid);
	screen_shows(&viewer, "● live 1.0s");
	quit();
}

static void without(const char *a, const char *b, int status, const char *said)
{
	options.operands[0] = a;
	options.operands[1] = b;
	screen_ends_blind(play, &options, status, said);
}

static void without_a_side_there_is_no_screen(void **state)
{
	struct written_file json = written_file_make("{}");
	char said[300];

	(void)state;
	without("no-such-name", pid, EXIT_USAGE,
		"vastop: 'no-such-name' is not a PID, and no process has that name; ps -e lists "
		"them.\n");
	without(snapshot.path, "no-such-name", EXIT_USAGE,
		"vastop: 'no-such-name' is not a PID, and no process has that name; ps -e lists "
		"them.\n");
	without(snapshot.path, "4194305", EXIT_NO_PROCESS,
		"vastop: there is no process 4194305, or it has ended; ps -e lists those that "
		"run.\n");
	without(snapshot.path, "/nonexistent/file", EXIT_TROUBLE,
		"vastop: cannot show /nonexistent/file: there is no such file; check the name.\n");
	snprintf(said, sizeof(said),
		 "vastop: cannot compare %s: it is not one JSON snapshot of vastop (--once "
		 "--format=json), or it is damaged.\n",
		 json.path);
	without(snapshot.path, json.path, EXIT_TROUBLE, said);
	written_file_remove(&json);
	assert_int_equal(truncate(core.path, 30), 0);
	snprintf(said, sizeof(said),
		 "vastop: cannot show %s: it is truncated before its memory begins, or has no "
		 "memory in it.\n",
		 core.path);
	without(snapshot.path, core.path, EXIT_TROUBLE, said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_recording_is_held_at_its_end_or_time, open_sides,
						close_sides),
		cmocka_unit_test_setup_teardown(a_snapshot_is_all_that_there_is, open_sides,
						close_sides),
		cmocka_unit_test_setup_teardown(a_core_file_is_what_it_was, open_sides,
						close_sides),
		cmocka_unit_test_setup_teardown(a_process_is_watched, open_sides, close_sides),
		cmocka_unit_test_setup_teardown(without_a_side_there_is_no_screen, open_sides,
						close_sides),
	};

	screen_play_prepare();
	return cmocka_run_group_tests_name("compare_screen_sides", tests, NULL, NULL);
}
