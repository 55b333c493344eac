/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/once.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/message.h"
#include "app/named.h"
#include "app/once_picture.h"
#include "app/options.h"
#include "app/output.h"
#include "app/record_sample.h"
#include "app/settings.h"
#include "base/format.h"
#include "base/memory.h"
#include "base/text.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/query.h"
#include "report/csv.h"
#include "report/json.h"
#include "report/sheet.h"
#include "screen/theme.h"

#define SECOND 1000000000 /* in nanoseconds */

struct once {
	const struct options *options;
	struct once_plan plan;
	struct theme theme; /* of pictures */
	struct field_list fields;
	struct once_target *targets;
	size_t count;
	uint64_t sample;                    /* from 0 */
	struct recording_writer *recording; /* NULL: nothing was recorded */
};

/* The fields where the options name none. */
static void choose_fields(struct once *once)
{
	static const struct field_list usual = {
		{FIELD_START, FIELD_END, FIELD_SIZE, FIELD_RSS, FIELD_PSS, FIELD_SWAP, FIELD_PERMS,
		 FIELD_KIND, FIELD_NAME},
		9,
	};

	if (once->options->fields.count) {
		once->fields = once->options->fields;
		return;
	}
	once->fields = usual;
	if (once->plan.growth)
		field_list_lead(&once->fields, FIELD_GROWTH);
	if (once->count > 1)
		field_list_lead(&once->fields, FIELD_PID);
	if (once->plan.growth && once->options->format == FORMAT_CSV)
		field_list_lead(&once->fields, FIELD_TIME);
}

/* Whether what is wanted is only in smaps, which costs the process something. */
static bool wants_smaps(const struct once *once)
{
	bool wanted = once->options->format == FORMAT_JSON ||
		      (once->plan.query && query_needs_smaps(once->plan.query));

	if (once->options->format == FORMAT_TABLE || once->options->format == FORMAT_CSV)
		for (size_t i = 0; i < once->fields.count; i++)
			wanted |= field_needs_smaps(once->fields.fields[i]);
	return wanted && !once->options->no_smaps;
}

/* Samples of the targets that have one, as parts of a report. The caller frees them. */
static struct report_part *collect_parts(const struct once *once, size_t *ret_count)
{
	struct report_part *parts = memory_alloc(once->count * sizeof(*parts));
	size_t count = 0;

	for (size_t i = 0; i < once->count; i++)
		if (once->targets[i].space)
			parts[count++] = once_target_part(&once->targets[i]);
	*ret_count = count;
	return parts;
}

static void write_csv(const struct once *once, FILE *stream)
{
	const struct csv csv = {stream, &once->fields, isatty(STDOUT_FILENO)};
	size_t count;
	struct report_part *parts = collect_parts(once, &count);

	if (once->sample == 0)
		csv_write_heading(&csv);
	csv_write(&csv, parts, count);
	free(parts);
}

static void write_table(const struct once *once, FILE *stream)
{
	bool ascii = once->options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	const struct sheet sheet = {stream, &once->fields, ascii};
	char time[FORMAT_TIME_LENGTH];
	size_t count;
	struct report_part *parts = collect_parts(once, &count);

	if (once->plan.growth)
		fprintf(stream, "%s%s\n", once->sample ? "\n" : "",
			format_time(time, parts->space->time_ns));
	sheet_write(&sheet, parts, count);
	free(parts);
}

static int write_json(const struct once *once, FILE *stream)
{
	int error = 0;

	for (size_t i = 0; i < once->count && !error; i++) {
		const struct once_target *target = &once->targets[i];
		const struct json_filter filter = {once->options->filter, &target->matches};

		if (target->space)
			error = json_write_snapshot(stream, target->space, &target->usage,
						    target->filtered ? &filter : NULL);
	}
	return error;
}

static int write_pictures(const struct once *once, FILE *stream)
{
	bool first = once->sample == 0;
	int error = 0;

	for (size_t i = 0; i < once->count && !error; i++) {
		if (!once->targets[i].space)
			continue;
		if (!first)
			fputc('\n', stream);
		first = false;
		error = once_picture_write(stream, once->options, &once->targets[i], &once->theme);
	}
	return error;
}

/* Returns the exit status. */
static int write_sample(const struct once *once)
{
	struct output output;
	int error = 0;

	output_open(&output);
	switch (once->options->format) {
	case FORMAT_JSON: error = write_json(once, output.stream); break;
	case FORMAT_CSV: write_csv(once, output.stream); break;
	case FORMAT_TABLE: write_table(once, output.stream); break;
	default: error = write_pictures(once, output.stream);
	}
	return output_close(&output, error);
}

/* Takes a sample of each; true where there is one. What went wrong first is the status. */
static bool take_sample(struct once *once, int *status)
{
	bool some = false;

	for (size_t i = 0; i < once->count; i++) {
		int failed;

		if (!once->targets[i].source)
			continue;
		failed = once_target_sample(&once->targets[i], &once->plan);
		some |= !failed;
		if (failed == EXIT_NO_PROCESS && once->targets[i].by_name)
			continue;
		*status = *status ? *status : failed;
	}
	return some;
}

static void wait_until(int64_t due_ns)
{
	const struct timespec due = {due_ns / SECOND, due_ns % SECOND};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
		;
}

/* Returns the exit status. */
static int record(struct once *once)
{
	const struct once_target *target = &once->targets[0];
	const struct options *options = once->options;

	if (!options->record || !target->space)
		return EXIT_DONE;
	return record_sample(options, target, &once->recording);
}

static int run_samples(struct once *once)
{
	const struct options *options = once->options;
	int64_t due = clock_ns(CLOCK_MONOTONIC);
	uint64_t samples = options->samples ? options->samples : 1;
	int failed = EXIT_DONE, status = EXIT_DONE;

	for (; once->sample < samples && !failed; once->sample++) {
		if (once->sample)
			wait_until(due);
		due += (int64_t)options->interval_ns;
		if (!take_sample(once, &status))
			break;
		failed = record(once);
		failed = failed ? failed : write_sample(once);
		for (size_t i = 0; i < once->count; i++)
			once_target_release(&once->targets[i]);
	}
	failed = failed ? failed : record_sample_end(options, once->recording);
	if (once->sample == 0 && !status && once->targets[0].by_name) {
		message_say("the processes have ended; ps -e lists those that run.");
		status = EXIT_NO_PROCESS;
	}
	return failed ? failed : status;
}

static int run_recorded(struct once *once)
{
	int status = once_target_filter(once->targets, once->plan.query);

	return status ? status : write_sample(once);
}

/* Without scan the samples are there already. */
static int run(struct once *once, once_scan *scan)
{
	const struct options *options = once->options;
	struct query *query = NULL;
	struct query_mistake mistake;
	int status = settings_load_theme(options, &once->theme);

	if (!status && options->filter && query_create(options->filter, &query, &mistake))
		status = EXIT_USAGE;
	if (!status) {
		once->plan = (struct once_plan){.options = options,
						.query = query,
						.scan = scan,
						.growth = options->samples > 1};
		choose_fields(once);
		once->plan.smaps = wants_smaps(once);
		status = scan ? run_samples(once) : run_recorded(once);
	}
	query_destroy(query);
	for (size_t i = 0; i < once->count; i++)
		once_target_finish(&once->targets[i]);
	return status;
}

int once_run_targets(const struct options *options, struct once_target *targets, size_t count,
		     once_scan *scan)
{
	struct once once = {.options = options, .targets = targets, .count = count};

	return run(&once, scan);
}

int once_run_recorded(const struct options *options, struct once_target *target)
{
	struct once once = {.options = options, .targets = target, .count = 1};

	return run(&once, NULL);
}

/* Opens the process; its source stays NULL where that fails. Returns the exit status. */
static int open_target(const struct options *options, struct once_target *target)
{
	struct text why = {0};
	int status = attach_source(options, target->pid, &target->source, &why);

	if (status)
		target->source = NULL;
	if (status == EXIT_NO_PROCESS && target->by_name)
		status = EXIT_DONE;
	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	return status;
}

int once_run(const struct options *options)
{
	struct options_process found[NAMED_ALL_MAX];
	size_t count;
	struct once_target *targets;
	int status = named_resolve_all(options, found, &count), opened = EXIT_DONE;

	if (status)
		return status;
	if (options->format == FORMAT_SVG && count > 1) {
		message_say("--format=svg is one drawing, and %zu processes have that name; give "
			    "a PID, as in: vastop --once --format=svg %d.",
			    count, (int)found[0].pid);
		return EXIT_USAGE;
	}
	targets = memory_alloc(count * sizeof(*targets));
	for (size_t i = 0; i < count; i++) {
		targets[i] =
			(struct once_target){.pid = found[i].pid, .by_name = found[i].name != NULL};
		status = open_target(options, &targets[i]);
		opened = opened ? opened : status;
	}
	status = once_run_targets(options, targets, count, scan_once);
	free(targets);
	return opened ? opened : status;
}
