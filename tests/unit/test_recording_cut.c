/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_cut.h"
#include "recording_made.h"
#include "report/json.h"
#include "report_text.h"

/* The sample as JSON, for the caller to free. */
static char *json_of(struct recording *recording, int64_t sample)
{
	struct address_space *space;
	struct report_text text;
	struct kept_usage usage;

	assert_int_equal(recording_read(recording, sample, &space, &usage), 0);
	report_text_begin(&text);
	assert_int_equal(json_write_snapshot(text.stream, space, kept_usage_table(&usage), NULL),
			 0);
	kept_usage_finish(&usage);
	address_space_destroy(space);
	return report_text_end(&text);
}

static void samples_of_a_part_are_those_of_the_whole(void **state)
{
	struct recording_place whole, part;
	struct recording *of_whole, *of_part;
	struct recording_cut cut = {.first = 4, .last = 9};
	bool reading;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_place_make();
	cut.path = part.path;
	assert_int_equal(recording_open(whole.path, &of_whole), 0);
	assert_int_equal(recording_cut_write(of_whole, &cut, &reading), 0);
	assert_int_equal(recording_open(part.path, &of_part), 0);
	assert_int_equal(recording_first(of_part), 1);
	assert_int_equal(recording_last(of_part), 6);
	for (int64_t i = 0; i < 6; i++) {
		char *a = json_of(of_whole, cut.first + i), *b = json_of(of_part, 1 + i);

		assert_string_equal(a, b);
		free(a);
		free(b);
	}
	assert_string_equal(recording_origin(of_part)->host, recording_origin(of_whole)->host);
	assert_int_equal(recording_origin(of_part)->interval_ns,
			 recording_origin(of_whole)->interval_ns);
	recording_close(of_part);
	/* It is there already. */
	assert_int_equal(recording_cut_write(of_whole, &cut, &reading), -EEXIST);
	assert_false(reading);
	recording_close(of_whole);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

static void of_what_cannot_be_read_nothing_is_left(void **state)
{
	struct recording_place whole, part;
	struct recording *recording;
	struct recording_cut cut = {.first = 1, .last = RECORDING_MADE_SAMPLES + 1};
	bool reading;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	whole = recording_made();
	part = recording_place_make();
	cut.path = part.path;
	assert_int_equal(recording_open(whole.path, &recording), 0);
	assert_int_not_equal(recording_cut_write(recording, &cut, &reading), 0);
	assert_true(reading);
	assert_int_not_equal(access(part.path, F_OK), 0);
	recording_close(recording);
	recording_place_remove(&whole);
	recording_place_remove(&part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_of_a_part_are_those_of_the_whole),
		cmocka_unit_test(of_what_cannot_be_read_nothing_is_left),
	};

	return cmocka_run_group_tests_name("recording_cut", tests, NULL, NULL);
}
