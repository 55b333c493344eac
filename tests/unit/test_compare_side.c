/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core_bytes.h"

#include "app/compare_side.h"
#include "app/message.h"
#include "app/options.h"
#include "model/address_space.h"
#include "recording_made.h"
#include "said_sentence.h"
#include "support/capture.h"
#include "written_file.h"

static const struct options options = {.action = ACTION_DIFF, .procfs = "/proc", .no_smaps = true};

static void refuse(const char *operand, int status, const char *part)
{
	struct compare_side side = {0};
	struct capture capture;
	char *said;
	int is;

	capture_begin(&capture, 2);
	is = compare_side_open(&side, &options, operand);
	said = capture_end(&capture);
	assert_int_equal(is, status);
	check_sentence(said, part);
	free(said);
	assert_null(side.space);
	compare_side_close(&side);
}

static void a_core_file_is_read(void **state)
{
	struct compare_side side = {0};
	struct written_file file = written_file_make("");
	struct core_bytes bytes;
	FILE *core = fopen(file.path, "we");

	(void)state;
	core_bytes_init(&bytes);
	core_writer_write(core, &bytes.core);
	fclose(core);
	assert_int_equal(compare_side_open(&side, &options, file.path), EXIT_DONE);
	assert_int_equal(side.space->target.pid, CORE_PID);
	/* What was in memory is unknown. */
	assert_null(compare_side_subject(&side).usage);
	compare_side_close(&side);
	assert_int_equal(truncate(file.path, 30), 0);
	refuse(file.path, EXIT_TROUBLE, "truncated before its memory begins");
	written_file_remove(&file);
}

static void a_process_is_sampled(void **state)
{
	struct compare_side side = {0};
	char pid[16];

	(void)state;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	assert_int_equal(compare_side_open(&side, &options, pid), EXIT_DONE);
	assert_int_equal(side.space->target.pid, getpid());
	assert_non_null(strstr(text_string(&side.heading), "  PID "));
	assert_ptr_equal(compare_side_subject(&side).space, side.space);
	assert_non_null(compare_side_subject(&side).usage);
	compare_side_close(&side);
	assert_null(side.space);
}

static void a_recording_is_read_at_its_time(void **state)
{
	struct compare_side side = {0};
	struct recording_place place;
	char operand[160];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	snprintf(operand, sizeof(operand), "%s@+2s", place.path);
	assert_int_equal(compare_side_open(&side, &options, operand), EXIT_DONE);
	assert_true(side.space->time_ns == RECORDING_MADE_START + 2 * RECORDING_MADE_SECOND);
	assert_int_equal(strncmp(text_string(&side.heading), operand, strlen(operand)), 0);
	assert_null(compare_side_subject(&side).usage);
	compare_side_close(&side);
	snprintf(operand, sizeof(operand), "%s@noon", place.path);
	refuse(operand, EXIT_USAGE, "is not a time");
	recording_place_remove(&place);
}

static void what_is_neither_is_said(void **state)
{
	struct written_file json = written_file_make("{}"), text = written_file_make("text");

	(void)state;
	refuse(text.path, EXIT_TROUBLE, "not a recording");
	refuse("/tmp", EXIT_TROUBLE, "is a directory");
	refuse("/nonexistent", EXIT_TROUBLE, "no such file");
	refuse("0", EXIT_USAGE, "0");
	refuse("a-name-that-no-process-has", EXIT_USAGE, "a-name");
	refuse(json.path, EXIT_TROUBLE, "cannot compare");
	written_file_remove(&json);
	written_file_remove(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_core_file_is_read),
		cmocka_unit_test(a_process_is_sampled),
		cmocka_unit_test(a_recording_is_read_at_its_time),
		cmocka_unit_test(what_is_neither_is_said),
	};

	return cmocka_run_group_tests_name("compare_side", tests, NULL, NULL);
}
