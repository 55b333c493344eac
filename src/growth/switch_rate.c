/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/switch_rate.h"

#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "kernel/task_list.h"
#include "model/target.h"
#include "procfs/status_parser.h"

#define LOOK_NS      INT64_C(1000000000)
#define FIRST_NS     INT64_C(100000000)
#define SECOND_NS    1e9
#define STATUS_MAX   ((size_t)16384)
#define THREADS_READ 64 /* of more the others are taken to be like these */

/* Those of one thread so far; negative: unknown. */
static double switches_of(int tasks, int32_t tid, struct text *text)
{
	struct proc_status status;
	char path[sizeof("2147483647/status")];

	snprintf(path, sizeof(path), "%d/status", (int)tid);
	if (proc_file_read(tasks, path, STATUS_MAX, text))
		return -1;
	status_parse(text_string(text), text->length, &status);
	if (status.voluntary_switches == TARGET_UNKNOWN ||
	    status.involuntary_switches == TARGET_UNKNOWN)
		return -1;
	return (double)status.voluntary_switches + (double)status.involuntary_switches;
}

/* Those of all threads so far; negative: unknown. */
static double read_switches(int directory)
{
	DIR *tasks = task_list_open(directory);
	struct text text = {0};
	unsigned threads = 0, known = 0;
	double sum = 0;
	int32_t tid;

	if (!tasks)
		return -1;
	while ((tid = task_list_next(tasks))) {
		const double switches =
			threads++ < THREADS_READ ? switches_of(dirfd(tasks), tid, &text) : -1;

		sum += switches > 0 ? switches : 0;
		known += switches >= 0;
	}
	text_finish(&text);
	closedir(tasks);
	return known ? sum * threads / known : -1;
}

void switch_rate_look(struct switch_rate *rate, int directory, int64_t now_ns)
{
	const int64_t passed = now_ns - rate->looked_ns;
	double switches;

	if (rate->looked_ns && passed < (rate->known ? LOOK_NS : FIRST_NS))
		return;
	switches = read_switches(directory);
	/* Where threads have ended it may be less than before. */
	if (rate->looked_ns && rate->switches >= 0 && switches >= rate->switches) {
		rate->per_second = (switches - rate->switches) * SECOND_NS / (double)passed;
		rate->known = true;
	}
	if (rate->looked_ns)
		rate->seen = switch_rate_seen(rate, now_ns);
	rate->looked_ns = now_ns;
	rate->switches = switches;
}

double switch_rate_seen(const struct switch_rate *rate, int64_t now_ns)
{
	return rate->seen + rate->per_second * (double)(now_ns - rate->looked_ns) / SECOND_NS;
}
