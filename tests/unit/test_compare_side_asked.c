/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "app/attach.h"
#include "app/compare_side.h"
#include "app/core_file.h"
#include "app/message.h"
#include "app/named.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_file.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "model/address_space.h"
#include "record/recording.h"
#include "record/snapshot_json.h"
#include "residency/scan_once.h"

/* What a side of a comparison is made of, by a script: what the operand is, and what fails. */

static struct {
	bool core, snapshot, recording; /* the operand is meant to be one */
	int open, read;                 /* status or error of opening, and of reading it */
	bool damaged;
	int named;
} script;

static char things[2];

#define given_source    ((struct source *)&things[0])
#define given_recording ((struct recording *)&things[1])

static struct options options;

static struct address_space *make_space(void)
{
	const struct target target = {.pid = 5, .comm = "co\nmm", .page_size = 4096};
	struct address_space *space;

	assert_int_equal(
		address_space_create(&target, NULL, 0, INT64_C(1796000000999999999), 0, &space), 0);
	return space;
}

bool core_file_is_meant(const char *argument)
{
	(void)argument;
	return script.core;
}

int core_file_open(const char *path, struct core_file *ret_file, struct text *why)
{
	call_log_say("open core %s", path);
	if (script.open)
		text_append(why, "no core.");
	else
		ret_file->path = path;
	return script.open;
}

int core_file_read(struct core_file *file, struct text *why)
{
	call_log_say("read core");
	if (script.read)
		text_append(why, "cannot read core.");
	else
		file->space = make_space();
	return script.read;
}

void core_file_close(struct core_file *file)
{
	call_log_say("close core");
	address_space_destroy(file->space);
}

void core_file_append_damage(struct text *text, const struct core_file *file)
{
	(void)file;
	text_append(text, script.damaged ? "damaged." : "");
}

bool snapshot_json_is_meant(const char *path)
{
	(void)path;
	return script.snapshot;
}

int snapshot_json_read(const char *path, struct address_space **ret_space,
		       struct kept_usage *ret_usage)
{
	(void)ret_usage;
	call_log_say("read snapshot %s", path);
	if (!script.read)
		*ret_space = make_space();
	return script.read;
}

bool replay_file_is_meant(const char *argument)
{
	(void)argument;
	return script.recording;
}

int replay_file_open(const char *argument, struct replay_file *ret_file, struct text *why)
{
	call_log_say("open recording %s", argument);
	if (script.open)
		text_append(why, "no recording.");
	else
		*ret_file = (struct replay_file){
			.path = (char *)"path", .recording = given_recording, .sample = 9};
	return script.open;
}

void replay_file_close(struct replay_file *file)
{
	assert_ptr_equal(file->recording, given_recording);
	call_log_say("close recording");
}

int recording_read(struct recording *recording, int64_t sample, struct address_space **ret_space,
		   struct kept_usage *ret_usage)
{
	assert_ptr_equal(recording, given_recording);
	(void)ret_usage;
	call_log_say("read %" PRId64, sample);
	if (!script.read)
		*ret_space = make_space();
	return script.read;
}

void recording_words_append_read_error(struct text *text, const char *path, int error)
{
	text_append_format(text, "cannot read %s: %d.", path, error);
}

void recording_words_append_snapshot_error(struct text *text, const char *path, int error)
{
	text_append_format(text, "cannot take %s: %d.", path, error);
}

int named_resolve(const char *name, bool choosable, int32_t *ret_pid)
{
	assert_false(choosable);
	call_log_say("resolve %s", name);
	if (!script.named)
		*ret_pid = 7;
	return script.named;
}

int named_say_not_a_pid(const char *argument)
{
	call_log_say("not a PID: %s", argument);
	return EXIT_USAGE;
}

int attach_source(const struct options *of, int32_t pid, struct source **ret_source,
		  struct text *why)
{
	assert_ptr_equal(of, &options);
	call_log_say("attach to %d", (int)pid);
	if (script.open)
		text_append(why, "not attached.");
	else
		*ret_source = given_source;
	return script.open;
}

int once_target_sample(struct once_target *target, const struct once_plan *plan)
{
	assert_ptr_equal(target->source, given_source);
	assert_ptr_equal(plan->scan, scan_once);
	assert_int_equal(plan->options->format, FORMAT_TABLE);
	call_log_say("sample %d%s", (int)target->pid, plan->smaps ? ", smaps" : "");
	if (!script.read) {
		target->space = make_space();
		usage_table_init(&target->usage, target->space, NULL, NULL, 33);
	}
	return script.read;
}

void once_target_finish(struct once_target *target)
{
	assert_int_equal(!target->source, script.open != 0);
	if (target->space)
		usage_table_finish(&target->usage);
	address_space_destroy(target->space);
	call_log_say("finish");
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	options = (struct options){.format = FORMAT_JSON, .procfs = "/p"};
	call_log_clear();
	return 0;
}

/* Opens it; it has a heading if that works. */
static void opens(const char *operand, int status, const char *asked)
{
	struct compare_side side = {0};
	char heading[200];

	assert_int_equal(compare_side_open(&side, &options, operand), status);
	call_log_expect(asked);
	snprintf(heading, sizeof(heading), "%s  PID 5 co\\nmm  2026-11-30 00:53:20 +0000", operand);
	assert_string_equal(text_string(&side.heading), status ? "" : heading);
	assert_int_equal(!side.space, status != 0);
	compare_side_close(&side);
	assert_null(side.space);
	assert_int_equal(side.heading.length, 0);
}

static void a_core_file_is_closed_again(void **state)
{
	(void)state;
	script.core = true;
	opens("x", EXIT_DONE, "open core x\nread core\nclose core\n");
	script.damaged = true;
	opens("x", EXIT_DONE, "open core x\nread core\nsay damaged.\nclose core\n");
	script.read = EXIT_TROUBLE;
	opens("x", EXIT_TROUBLE, "open core x\nread core\nclose core\nsay cannot read core.\n");
	script.open = EXIT_USAGE;
	opens("x", EXIT_USAGE, "open core x\nclose core\nsay no core.\n");
}

static void a_snapshot_is_read(void **state)
{
	(void)state;
	script.snapshot = true;
	opens("x", EXIT_DONE, "read snapshot x\n");
	script.read = -EBADMSG;
	opens("x", EXIT_TROUBLE, "read snapshot x\nsay cannot take x: -74.\n");
}

static void a_recording_is_closed_again(void **state)
{
	(void)state;
	script.recording = true;
	opens("x", EXIT_DONE, "open recording x\nread 9\nclose recording\n");
	script.read = -EIO;
	opens("x", EXIT_TROUBLE,
	      "open recording x\nread 9\nclose recording\nsay cannot read path: -5.\n");
	script.open = EXIT_USAGE;
	opens("x", EXIT_USAGE, "open recording x\nsay no recording.\n");
}

static void a_process_is_sampled_once(void **state)
{
	(void)state;
	opens("12", EXIT_DONE, "attach to 12\nsample 12, smaps\nfinish\n");
	options.no_smaps = true;
	opens("cat", EXIT_DONE, "resolve cat\nattach to 7\nsample 7\nfinish\n");
	script.read = EXIT_NO_PERMISSION;
	opens("12", EXIT_NO_PERMISSION, "attach to 12\nsample 12\nfinish\n");
	script.open = EXIT_NO_PROCESS;
	opens("12", EXIT_NO_PROCESS, "attach to 12\nsay not attached.\nfinish\n");
	script.named = EXIT_USAGE;
	opens("cat", EXIT_USAGE, "resolve cat\n");
}

static void what_was_in_memory_is_kept(void **state)
{
	struct compare_side side = {0};

	(void)state;
	assert_int_equal(compare_side_open(&side, &options, "12"), EXIT_DONE);
	assert_non_null(compare_side_subject(&side).usage);
	assert_ptr_equal(compare_side_subject(&side).space, side.space);
	compare_side_close(&side);
	assert_null(compare_side_subject(&side).usage);
}

static void numbers_are_processes_within_their_limits(void **state)
{
	int32_t pid = -1;

	(void)state;
	assert_int_equal(compare_side_find_process("0", &pid), EXIT_USAGE);
	assert_int_equal(compare_side_find_process("2147483648", &pid), EXIT_USAGE);
	assert_int_equal(pid, -1);
	call_log_expect("not a PID: 0\nnot a PID: 2147483648\n");
	assert_int_equal(compare_side_find_process("1", &pid), EXIT_DONE);
	assert_int_equal(pid, 1);
	assert_int_equal(compare_side_find_process("2147483647", &pid), EXIT_DONE);
	assert_int_equal(pid, INT32_MAX);
	assert_int_equal(compare_side_find_process("12a", &pid), EXIT_DONE);
	assert_int_equal(pid, 7);
	call_log_expect("resolve 12a\n");
}

static void what_an_operand_is_it_shows(void **state)
{
	(void)state;
	script.core = script.snapshot = script.recording = true;
	assert_int_equal(compare_side_type("12"), COMPARE_SIDE_PROCESS);
	assert_int_equal(compare_side_type("12a"), COMPARE_SIDE_CORE);
	script.core = false;
	assert_int_equal(compare_side_type("12a"), COMPARE_SIDE_SNAPSHOT);
	script.snapshot = false;
	assert_int_equal(compare_side_type("12a"), COMPARE_SIDE_RECORDING);
	script.recording = false;
	assert_int_equal(compare_side_type("12a"), COMPARE_SIDE_PROCESS);
	assert_int_equal(compare_side_type("no/such"), COMPARE_SIDE_RECORDING);
	assert_int_equal(compare_side_type("."), COMPARE_SIDE_RECORDING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_core_file_is_closed_again, reset),
		cmocka_unit_test_setup(a_snapshot_is_read, reset),
		cmocka_unit_test_setup(a_recording_is_closed_again, reset),
		cmocka_unit_test_setup(a_process_is_sampled_once, reset),
		cmocka_unit_test_setup(what_was_in_memory_is_kept, reset),
		cmocka_unit_test_setup(numbers_are_processes_within_their_limits, reset),
		cmocka_unit_test_setup(what_an_operand_is_it_shows, reset),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("compare_side_asked", tests, NULL, NULL);
}
