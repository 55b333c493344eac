/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/check.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "app/attach.h"
#include "app/denied.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/output.h"
#include "app/source_error.h"
#include "base/keyed_hash.h"
#include "base/memory.h"
#include "base/text.h"
#include "files/check_probe.h"
#include "files/errands.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/random_key.h"
#include "model/address_space.h"
#include "model/finding_table.h"
#include "model/session.h"
#include "model/wx_history.h"
#include "report/check_report.h"
#include "sampler/source.h"

#define HISTORY_BYTES ((size_t)1 << 20) /* of past samples, which are not needed again */
#define NS_PER_MS     1000000

/* One process that is checked. */
struct subject {
	struct options options; /* of it alone */
	struct source *source;  /* NULL: it cannot be read, or has ended */
	bool begun;             /* it has a first sample */
	struct session session;
	struct wx_history wx_history;
	int status; /* what went wrong, an exit status */
};

static void say_why(struct subject *subject, int error)
{
	subject->status = denied_say_of_source(&subject->options, subject->source, error);
	source_destroy(subject->source);
	subject->source = NULL;
}

/* Opens the process and takes the first sample. */
static void begin(struct subject *subject)
{
	const struct hash_key key = random_key();
	struct address_space *first;
	struct text why = {0};
	int error;

	subject->status =
		attach_source(&subject->options, subject->options.pid, &subject->source, &why);
	if (subject->status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	if (subject->status)
		return;
	error = source_read(subject->source, &first);
	if (error) {
		say_why(subject, error);
		return;
	}
	source_error_say_damage(&subject->options, subject->source);
	session_init(&subject->session, first, HISTORY_BYTES, &key);
	wx_history_add(&subject->wx_history, first);
	subject->begun = true;
}

/* Takes one sample more. A process that ends meanwhile is judged by what was seen of it. */
static void sample(struct subject *subject)
{
	const struct session *session = &subject->session;
	struct address_space *space;
	int error;

	if (!subject->source)
		return;
	error = source_read(subject->source, &space);
	if (error == -EAGAIN)
		return;
	if (error) {
		say_why(subject, error);
		return;
	}
	session_add(&subject->session, space);
	if (change_list_has_exec(&session->latest))
		wx_history_exec(&subject->wx_history, session->now->time_ns);
	wx_history_add(&subject->wx_history, session->now);
}

static void wait_until(int64_t time_ns)
{
	int64_t left;

	while ((left = time_ns - clock_ns(CLOCK_MONOTONIC)) > 0)
		poll(NULL, 0, (int)(left / NS_PER_MS) + 1);
}

/* An interval that was missed is not made up for: sampling takes what time it takes. */
static void watch(const struct options *options, struct subject *subjects, size_t count)
{
	int64_t next = clock_ns(CLOCK_MONOTONIC);

	for (uint64_t i = 0; i < options->samples; i++) {
		next += (int64_t)options->interval_ns;
		if (next < clock_ns(CLOCK_MONOTONIC))
			next = clock_ns(CLOCK_MONOTONIC);
		wait_until(next);
		for (size_t at = 0; at < count; at++)
			sample(&subjects[at]);
	}
}

static int write_report(FILE *stream, const struct subject *subject,
			const struct findings *findings)
{
	const struct address_space *now = subject->session.now;
	const struct check_report report = {
		.target = &now->target,
		.findings = findings,
		.time_ns = now->time_ns,
		.watched_ns = now->time_ns - subject->session.start_ns,
	};

	if (subject->options.format == FORMAT_JSON)
		return check_report_write_json(stream, &report);
	check_report_write_text(stream, &report);
	return 0;
}

/* Returns 0, or -errno of writing; the status is that of the process. */
static int judge(struct subject *subject, struct errands *errands, FILE *stream)
{
	const struct options *options = &subject->options;
	const struct procfs_options procfs = options_procfs(options);
	const struct address_space *now = subject->session.now;
	struct findings findings = {0};
	struct check_facts known;
	int error;

	check_probe(&procfs, errands, now, &known);
	findings_judge(&findings,
		       &(struct finding_facts){
			       .space = now,
			       .wx_history = options->samples ? &subject->wx_history : NULL,
			       .session = options->samples ? &subject->session : NULL,
			       .files = &known.files,
			       .protection = known.protection,
		       });
	error = write_report(stream, subject, &findings);
	if (findings_count(&findings, FINDING_STATE_FOUND))
		subject->status = EXIT_FOUND;
	else if (!subject->status && findings_count(&findings, FINDING_STATE_UNKNOWN))
		subject->status = EXIT_UNDECIDED;
	findings_finish(&findings);
	check_facts_finish(&known);
	return error;
}

static void finish(struct subject *subject)
{
	if (subject->begun)
		session_finish(&subject->session);
	wx_history_finish(&subject->wx_history);
	source_destroy(subject->source);
}

/* Writes what is known of each. Returns whether all was written. */
static bool write_all(struct subject *subjects, size_t count, bool apart)
{
	struct errands errands;
	struct output output;
	bool first = true;
	int error = 0;

	errands_init(&errands);
	output_open(&output);
	for (size_t i = 0; i < count && !error; i++) {
		if (!subjects[i].begun)
			continue;
		fputs(first || !apart ? "" : "\n", output.stream);
		first = false;
		error = judge(&subjects[i], &errands, output.stream);
	}
	errands_finish(&errands);
	return !output_close(&output, error);
}

/* Something that was found goes before all, then the first thing that went wrong. */
static int worst(const struct subject *subjects, size_t count)
{
	int status = EXIT_DONE;

	for (size_t i = 0; i < count; i++) {
		int other = subjects[i].status;

		if (other == EXIT_FOUND || !status || (status == EXIT_UNDECIDED && other))
			status = other;
		if (status == EXIT_FOUND)
			break;
	}
	return status;
}

int check_run(const struct options *options)
{
	struct options_process *processes = memory_alloc(NAMED_ALL_MAX * sizeof(*processes));
	struct subject *subjects;
	size_t count;
	int status = named_resolve_all(options, processes, &count);

	if (status) {
		free(processes);
		return status;
	}
	subjects = memory_alloc(count * sizeof(*subjects));
	for (size_t i = 0; i < count; i++) {
		subjects[i].options = *options;
		subjects[i].options.pid = processes[i].pid;
		begin(&subjects[i]);
	}
	watch(options, subjects, count);
	status = write_all(subjects, count, options->format == FORMAT_PICTURE)
			 ? worst(subjects, count)
			 : EXIT_UNDECIDED;
	for (size_t i = 0; i < count; i++)
		finish(&subjects[i]);
	free(subjects);
	free(processes);
	return status;
}
