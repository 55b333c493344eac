/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "app/message.h"
#include "app/replay_file.h"
#include "base/text.h"
#include "recording_made.h"

static void check(const struct recording_place *place, const char *time, int64_t sample)
{
	struct replay_file file;
	struct text why = {0};
	char argument[160];

	snprintf(argument, sizeof(argument), "%s%s", place->path, time);
	assert_int_equal(replay_file_open(argument, &file, &why), EXIT_DONE);
	assert_int_equal(file.sample, sample);
	assert_int_equal(file.timed, *time != '\0');
	assert_string_equal(file.path, place->path);
	assert_true(replay_file_is_meant(argument));
	replay_file_close(&file);
	text_finish(&why);
}

static void a_time_chooses_the_sample(void **state)
{
	struct recording_place place;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	check(&place, "", 13);
	check(&place, "@19:26:41", 2);
	check(&place, "@19:26:41.999", 2);
	check(&place, "@+0s", 1);
	check(&place, "@-3s", 10);
	/* Beyond both ends. */
	check(&place, "@+1h", 13);
	check(&place, "@-1h", 1);
	recording_place_remove(&place);
}

static void mistakes_are_told(void **state)
{
	struct replay_file file;
	struct text why = {0};
	struct recording_place place;
	char argument[160];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	snprintf(argument, sizeof(argument), "%s@noon", place.path);
	assert_int_equal(replay_file_open(argument, &file, &why), EXIT_USAGE);
	assert_non_null(strstr(text_string(&why), "'noon' is not a time"));
	text_clear(&why);
	assert_int_equal(replay_file_open("/nowhere/file", &file, &why), EXIT_TROUBLE);
	assert_non_null(strstr(text_string(&why), "no such file"));
	text_finish(&why);
	recording_place_remove(&place);
}

static void a_process_of_that_name_is_meant(void **state)
{
	(void)state;
	assert_false(replay_file_is_meant("bash"));
	assert_false(replay_file_is_meant("vastop"));
	assert_false(replay_file_is_meant("/nowhere/program"));
	assert_true(replay_file_is_meant("/dev/null"));
}

static void the_origin_is_that_of_the_recording(void **state)
{
	struct replay_file file;
	struct text why = {0}, origin = {0};
	struct recording_place place;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	assert_int_equal(replay_file_open(place.path, &file, &why), EXIT_DONE);
	replay_file_append_origin(&origin, file.recording, RECORDING_MADE_START);
	assert_non_null(strstr(text_string(&origin), "  2026-11-29 19:26:40 +0000  Linux "));
	text_finish(&origin);
	replay_file_close(&file);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_chooses_the_sample),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(a_process_of_that_name_is_meant),
		cmocka_unit_test(the_origin_is_that_of_the_recording),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests_name("replay_file", tests, NULL, NULL);
}
