/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/message.h"
#include "app/options.h"
#include "app/watch_record.h"
#include "app/watch_scan.h"
#include "recorder_script.h"
#include "support/capture.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/ui.h"

#define FIRST "1792412467123000000"

static const struct options options = {.procfs = "/proc",
				       .record = "/tmp/a\033file",
				       .record_limit = 4096,
				       .interval_ns = 20000000,
				       .history = 777};

struct watched {
	struct stage stage;
	struct watch_record record;
	struct watch_scan scan;
};

static struct watched watched;

/* What the screen says, which is drawn then. */
static void check_said(const char *words)
{
	struct ui *ui = &watched.stage.ui;

	assert_string_equal(ui->message.text, words);
	assert_true(ui_take_request(ui).bits & UI_DRAW);
	ui_say(ui, NULL);
}

static void check_silent(void)
{
	assert_null(watched.stage.ui.message.text);
	assert_int_equal(ui_take_request(&watched.stage.ui).bits, 0);
}

static int open_watch(void **state)
{
	(void)state;
	watched = (struct watched){0};
	recorder = (struct recorder){{.state = RECORDER_WRITING}, {.state = RECORDER_WRITING}, {0}};
	create_error = 0;
	text_clear(&asked);
	stage_open(&watched.stage, sample_python(), 80, 24, true);
	ui_take_request(&watched.stage.ui);
	return 0;
}

static int close_watch(void **state)
{
	(void)state;
	stage_close(&watched.stage);
	return 0;
}

/* Opens what the options ask for, and begins with what is watched. */
static void begin(const struct options *own)
{
	struct watch_record opened;
	struct text why = {0};

	assert_int_equal(watch_record_open(&opened, own, &why), EXIT_DONE);
	watch_record_begin(&watched.record, &opened, own, &watched.stage.session, &watched.scan);
	assert_null(opened.recorder);
	assert_null(opened.path);
	assert_int_equal(why.length, 0);
}

static void act(unsigned bits)
{
	const struct ui_request request = {.bits = bits};

	watch_record_act(&watched.record, &watched.stage.ui, &request);
}

/* Ends it without the screen, and says so much on stderr. */
static void check_close(const char *words)
{
	struct capture capture;
	char *said;

	capture_begin(&capture, 2);
	watch_record_close(&watched.record);
	said = capture_end(&capture);
	assert_string_equal(said, words);
	assert_null(watched.record.recorder);
	assert_null(watched.record.path);
	assert_null(watched.scan.recorder);
	free(said);
}

static void nothing_is_recorded_that_was_not_asked_for(void **state)
{
	const struct options none = {.procfs = "/proc"};

	(void)state;
	begin(&none);
	assert_int_equal(watch_record_descriptor(&watched.record), -1);
	watch_record_take(&watched.record, &watched.stage.ui);
	act(UI_BASELINE | UI_NOTE);
	watch_record_end(&watched.record, &watched.stage.ui);
	check_silent();
	check_close("");
	check_asked("");
}

static void the_options_are_those_of_the_recorder(void **state)
{
	struct options own = options;

	(void)state;
	begin(&own);
	assert_string_equal(planned.file.path, options.record);
	assert_int_equal(planned.file.limit, 4096);
	assert_int_equal(planned.file.interval_ns, 20000000);
	assert_int_equal(planned.memory, 777);
	assert_int_equal(watch_record_descriptor(&watched.record), 77);
	assert_false(watched.record.waiting);
	assert_ptr_equal(watched.scan.recorder, &recorder);
	check_asked("create /tmp/a\033file\nwait\nadd 1 at " FIRST "\n");
	check_close("");
	own.force = own.conditional = true;
	recorder.first.state = RECORDER_WAITING;
	begin(&own);
	assert_ptr_equal(planned.when, &own.record_when);
	assert_true(watched.record.waiting);
	check_asked("destroy\ncreate /tmp/a\033file by force later\nwait\nadd 1 at " FIRST "\n");
	check_close("");
	assert_false(watched.record.waiting);
}

static void what_is_known_of_memory_is_in_it_at_once(void **state)
{
	(void)state;
	stage_scan(&watched.stage, false);
	watched.scan.table = watched.stage.usage;
	watched.scan.residency = watched.stage.residency;
	begin(&options);
	check_asked("create /tmp/a\033file\nwait\nadd 1 at " FIRST "\nusage 1 of 35\n");
	check_close("");
	check_asked("destroy\n");
}

static void a_file_that_cannot_be_made_is_told(void **state)
{
	struct watch_record record;
	struct text why = {0};

	(void)state;
	create_error = -EAGAIN;
	assert_int_equal(watch_record_open(&record, &options, &why), EXIT_TROUBLE);
	assert_string_equal(text_string(&why), "cannot record to /tmp/a\\x1bfile: Resource "
					       "temporarily unavailable.");
	assert_null(record.recorder);
	check_asked("create /tmp/a\033file\n");
	create_error = 0;
	recorder.first = (struct recorder_news){.state = RECORDER_FAILED, .error = -EISDIR};
	text_clear(&why);
	assert_int_equal(watch_record_open(&record, &options, &why), EXIT_TROUBLE);
	assert_string_equal(text_string(&why), "cannot record to /tmp/a\\x1bfile: it is a "
					       "directory; name a file in it.");
	assert_null(record.recorder);
	assert_null(record.path);
	check_asked("create /tmp/a\033file\nwait\ndestroy\n");
	recorder.first = (struct recorder_news){.state = RECORDER_OPENING};
	text_clear(&why);
	assert_int_equal(watch_record_open(&record, &options, &why), EXIT_TROUBLE);
	assert_string_equal(text_string(&why),
			    "cannot record to /tmp/a\\x1bfile: the file system does not answer; "
			    "name a file on another one.");
	check_asked("create /tmp/a\033file\nwait\ndestroy\n");
	text_finish(&why);
}

static void what_goes_wrong_is_told_once(void **state)
{
	struct ui *ui = &watched.stage.ui;

	(void)state;
	begin(&options);
	check_asked("create /tmp/a\033file\nwait\nadd 1 at " FIRST "\n");
	watch_record_take(&watched.record, ui);
	check_silent();
	recorder.next.dropped = 1;
	watch_record_take(&watched.record, ui);
	check_said("The file system is too slow: the recording has gaps.");
	watch_record_take(&watched.record, ui);
	check_silent();
	recorder.next.state = RECORDER_FAILED;
	recorder.last.error = -ENOSPC;
	watch_record_take(&watched.record, ui);
	check_said("Recording stopped, what came before is in /tmp/a\\x1bfile: the disk is full; "
		   "free some space, or name a file on another one.");
	check_asked("destroy\n");
	assert_null(watched.record.recorder);
	assert_null(watched.scan.recorder);
	assert_false(watched.record.told_gaps);
	watch_record_take(&watched.record, ui);
	check_silent();
	check_close("");
}

static void an_end_that_went_wrong_is_said(void **state)
{
	(void)state;
	begin(&options);
	recorder.last.error = -EBADMSG;
	check_close("vastop: recording stopped, what came before is in /tmp/a\\x1bfile: another "
		    "program has changed the file; name another one.\n");
	begin(&options);
	watch_record_end(&watched.record, &watched.stage.ui);
	check_said("Recording stopped, what came before is in /tmp/a\\x1bfile: another program has "
		   "changed the file; name another one.");
	recorder.last.error = 0;
	begin(&options);
	watch_record_end(&watched.record, &watched.stage.ui);
	check_said("Recorded to /tmp/a\\x1bfile.");
	watch_record_end(&watched.record, &watched.stage.ui);
	check_silent();
}

static void a_condition_that_holds_is_told(void **state)
{
	struct options own = options;

	(void)state;
	own.conditional = true;
	recorder.first.state = recorder.next.state = RECORDER_WAITING;
	begin(&own);
	watch_record_take(&watched.record, &watched.stage.ui);
	check_silent();
	assert_true(watched.record.waiting);
	recorder.next.state = RECORDER_WRITING;
	watch_record_take(&watched.record, &watched.stage.ui);
	check_said("The condition holds: recording, with the minutes before.");
	assert_false(watched.record.waiting);
	watch_record_take(&watched.record, &watched.stage.ui);
	check_silent();
	check_close("");
}

/* The name of the file that a key makes at one of these seconds. */
static bool is_named(const char *path, const char *command, time_t from, time_t to)
{
	for (time_t second = from; second <= to; second++) {
		char name[100], when[20];
		struct tm tm;

		localtime_r(&second, &tm);
		strftime(when, sizeof(when), "%Y%m%d-%H%M%S", &tm);
		snprintf(name, sizeof(name), "vastop-%s-20712-%s.vastop", command, when);
		if (!strcmp(path, name))
			return true;
	}
	return false;
}

static void a_key_begins_and_ends_it(void **state)
{
	const struct options own = {.procfs = "/proc", .history = 5, .force = true};
	struct text words = {0};
	time_t from = time(NULL);

	(void)state;
	begin(&own);
	watched.stage.session.now->target.comm = "a/b.\303\266-7";
	act(UI_RECORD);
	assert_true(is_named(watched.record.path, "a-b----7", from, time(NULL)));
	assert_false(planned.file.force);
	assert_null(planned.when);
	assert_int_equal(planned.memory, 5);
	text_append_format(&words, "create %s\nwait\nadd 1 at " FIRST "\n", watched.record.path);
	check_asked(text_string(&words));
	text_clear(&words);
	text_append_format(&words, "Recording to %s.", watched.record.path);
	check_said(text_string(&words));
	text_clear(&words);
	text_append_format(&words, "Recorded to %s.", watched.record.path);
	act(UI_RECORD);
	check_said(text_string(&words));
	check_asked("destroy\n");
	text_finish(&words);
}

static void a_name_of_a_file_has_no_more_than_a_part_of_a_long_one(void **state)
{
	time_t from = time(NULL);

	(void)state;
	begin(&(struct options){.procfs = "/proc"});
	watched.stage.session.now->target.comm = "0123456789012345678901234567890123";
	act(UI_RECORD);
	assert_true(is_named(watched.record.path, "01234567890123456789012345678901", from,
			     time(NULL)));
	check_close("");
}

static void a_key_that_cannot_begin_says_why(void **state)
{
	(void)state;
	begin(&(struct options){.procfs = "/proc"});
	create_error = -EEXIST;
	act(UI_RECORD);
	assert_int_equal(strncmp(watched.stage.ui.message.text,
				 "Cannot record to vastop-python3-20712-20", 40),
			 0);
	assert_non_null(strstr(watched.stage.ui.message.text,
			       ".vastop: the file exists; name another one, or give --force to "
			       "overwrite it."));
	assert_true(ui_take_request(&watched.stage.ui).bits & UI_DRAW);
	assert_null(watched.record.recorder);
	assert_null(watched.scan.recorder);
}

static void notes_and_baselines_are_in_it(void **state)
{
	struct ui *ui = &watched.stage.ui;

	(void)state;
	begin(&options);
	text_clear(&asked);
	strcpy(ui->line.prompt.text, "before");
	act(UI_BASELINE);
	check_asked("baseline 1 at " FIRST "\n");
	check_silent();
	act(UI_NOTE);
	check_asked("note 1 before\n");
	check_said("The note is in the recording.");
	act(0);
	check_asked("");
	check_silent();
	check_close("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_recorded_that_was_not_asked_for,
						open_watch, close_watch),
		cmocka_unit_test_setup_teardown(the_options_are_those_of_the_recorder, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(what_is_known_of_memory_is_in_it_at_once,
						open_watch, close_watch),
		cmocka_unit_test_setup_teardown(a_file_that_cannot_be_made_is_told, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(what_goes_wrong_is_told_once, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(an_end_that_went_wrong_is_said, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(a_condition_that_holds_is_told, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(a_key_begins_and_ends_it, open_watch, close_watch),
		cmocka_unit_test_setup_teardown(
			a_name_of_a_file_has_no_more_than_a_part_of_a_long_one, open_watch,
			close_watch),
		cmocka_unit_test_setup_teardown(a_key_that_cannot_begin_says_why, open_watch,
						close_watch),
		cmocka_unit_test_setup_teardown(notes_and_baselines_are_in_it, open_watch,
						close_watch),
	};
	int failed = cmocka_run_group_tests_name("watch_record", tests, NULL, NULL);

	text_finish(&asked);
	return failed;
}
