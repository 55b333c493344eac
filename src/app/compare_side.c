/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/compare_side.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/core_file.h"
#include "app/message.h"
#include "app/named.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_file.h"
#include "base/number.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "record/recording.h"
#include "record/snapshot_json.h"

#define TIME_LENGTH 40
#define SECOND_NS   1000000000

static int say(struct text *why, int status)
{
	if (status)
		message_say("%s", text_string(why));
	text_finish(why);
	return status;
}

static int open_recording(struct compare_side *side, const char *operand)
{
	struct replay_file file;
	struct text why = {0};
	int error, status = replay_file_open(operand, &file, &why);

	if (status)
		return say(&why, status);
	error = recording_read(file.recording, file.sample, &side->space, &side->usage);
	if (error)
		recording_words_append_read_error(&why, file.path, error);
	replay_file_close(&file);
	return say(&why, error ? EXIT_TROUBLE : EXIT_DONE);
}

static int open_snapshot(struct compare_side *side, const char *operand)
{
	struct text why = {0};
	int error = snapshot_json_read(operand, &side->space, &side->usage);

	if (error)
		recording_words_append_snapshot_error(&why, operand, error);
	return say(&why, error ? EXIT_TROUBLE : EXIT_DONE);
}

/* What was in memory no core file says. */
static int open_core(struct compare_side *side, const char *operand)
{
	struct core_file file = {.descriptor = -1, .unpacked = -1};
	struct text why = {0};
	int status = core_file_open(operand, &file, &why);

	if (!status)
		status = core_file_read(&file, &why);
	if (!status) {
		side->space = address_space_copy(file.space);
		core_file_append_damage(&why, &file);
		if (why.length)
			message_say("%s", text_string(&why));
		text_clear(&why);
	}
	core_file_close(&file);
	return say(&why, status);
}

static int open_process(struct compare_side *side, const struct options *options, int32_t pid)
{
	/* As a report that has no place for totals: without the mappings nothing is compared. */
	struct options own = *options;
	const struct once_plan plan = {
		.options = &own, .scan = scan_once, .smaps = !options->no_smaps};
	struct once_target target = {.pid = pid};
	struct text why = {0};
	int status = say(&why, attach_source(options, pid, &target.source, &why));

	own.format = FORMAT_TABLE;
	status = status ? status : once_target_sample(&target, &plan);
	if (!status) {
		side->space = address_space_copy(target.space);
		kept_usage_take(&side->usage, &target.usage, NULL);
	}
	once_target_finish(&target);
	return status;
}

enum compare_side_type compare_side_type(const char *operand)
{
	if (operand[strspn(operand, "0123456789")] == '\0')
		return COMPARE_SIDE_PROCESS;
	if (core_file_is_meant(operand))
		return COMPARE_SIDE_CORE;
	if (snapshot_json_is_meant(operand))
		return COMPARE_SIDE_SNAPSHOT;
	/* Any other file is opened as a recording, and the error says that it is none. */
	if (replay_file_is_meant(operand) || access(operand, F_OK) == 0 || strchr(operand, '/'))
		return COMPARE_SIDE_RECORDING;
	return COMPARE_SIDE_PROCESS;
}

int compare_side_find_process(const char *operand, int32_t *ret_pid)
{
	uint64_t pid;

	if (operand[strspn(operand, "0123456789")] != '\0')
		return named_resolve(operand, false, ret_pid);
	if (number_parse(operand, strlen(operand), INT32_MAX, &pid) || !pid)
		return named_say_not_a_pid(operand);
	*ret_pid = (int32_t)pid;
	return EXIT_DONE;
}

static int open_operand(struct compare_side *side, const struct options *options,
			const char *operand)
{
	int32_t pid;
	int status;

	switch (compare_side_type(operand)) {
	case COMPARE_SIDE_CORE: return open_core(side, operand);
	case COMPARE_SIDE_SNAPSHOT: return open_snapshot(side, operand);
	case COMPARE_SIDE_RECORDING: return open_recording(side, operand);
	default:
		status = compare_side_find_process(operand, &pid);
		return status ? status : open_process(side, options, pid);
	}
}

static void append_heading(struct compare_side *side, const char *operand)
{
	const struct target *target = &side->space->target;
	time_t seconds = (time_t)(side->space->time_ns / SECOND_NS);
	char time[TIME_LENGTH];
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(time, sizeof(time), "%Y-%m-%d %H:%M:%S %z", &tm);
	utf8_append_escaped(&side->heading, operand, strlen(operand));
	text_append_format(&side->heading, "  PID %" PRId32 " ", target->pid);
	utf8_append_escaped(&side->heading, target->comm, strlen(target->comm));
	text_append_format(&side->heading, "  %s", time);
}

int compare_side_open(struct compare_side *side, const struct options *options, const char *operand)
{
	int status = open_operand(side, options, operand);

	if (!status)
		append_heading(side, operand);
	return status;
}

void compare_side_close(struct compare_side *side)
{
	address_space_destroy(side->space);
	kept_usage_finish(&side->usage);
	text_finish(&side->heading);
	*side = (struct compare_side){0};
}

struct diff_subject compare_side_subject(const struct compare_side *side)
{
	return (struct diff_subject){side->space, kept_usage_table(&side->usage)};
}
