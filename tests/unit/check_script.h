/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CHECK_SCRIPT_H
#define TESTS_UNIT_CHECK_SCRIPT_H

/*
 * What app/check.c asks of others: processes that are sampled and judged as the script says, in a
 * time that only passes as it says.
 */

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "app/attach.h"
#include "app/check.h"
#include "app/denied.h"
#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "app/source_error.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "files/check_probe.h"
#include "files/errands.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/finding_table.h"
#include "model/session.h"
#include "model/wx_history.h"
#include "report/check_report.h"
#include "sampler/source.h"
#include "support/capture.h"

#define MS     INT64_C(1000000)
#define SECOND INT64_C(1000000000)

enum { PROCESSES = 3, TURNS = 4 };

/* What there is of a process, which the script numbers from 1 on. */
struct process {
	struct source source;
	int attach;         /* why it cannot be attached to, an exit status */
	int errors[TURNS];  /* of each sample */
	bool execs;         /* the second sample is of another program */
	int turn;           /* samples asked for */
	size_t found, open; /* rows that are found, and not known */
};

static struct {
	struct process processes[PROCESSES + 1];
	size_t count;
	int named;       /* why none is, an exit status */
	int64_t now;     /* CLOCK_MONOTONIC */
	int slow;        /* the sample of this turn takes */
	int64_t read_ns; /* so long */
	int write_error;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

/* It wakes up a little early, as poll(2) may. */
int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	assert_null(files);
	assert_int_equal(count, 0);
	call_log_say("wait %d", milliseconds);
	script.now += milliseconds > 2 ? (milliseconds - 2) * MS : milliseconds * MS;
	return 0;
}

int named_resolve_all(const struct options *options, struct options_process *out, size_t *ret_count)
{
	(void)options;
	if (script.named)
		return script.named;
	for (size_t i = 0; i < script.count; i++)
		out[i].pid = (int32_t)i + 1;
	*ret_count = script.count;
	return 0;
}

int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why)
{
	struct process *process = &script.processes[pid];

	assert_int_equal(options->pid, pid);
	call_log_say("attach to %d", (int)pid);
	if (process->attach)
		text_append_format(why, "no %d.", (int)pid);
	else
		*ret_source = &process->source;
	return process->attach;
}

int source_read(struct source *source, struct address_space **ret_space)
{
	struct process *process = (struct process *)source;
	const int pid = (int)(process - script.processes), turn = process->turn++;
	const struct target target = {.pid = pid,
				      .comm = "check",
				      .start_stack = process->execs && turn ? 0x9000 : 0x8000,
				      .page_size = 4096};
	const struct vma vma = {
		.start = 0x1000, .end = 0x3000 + 0x1000 * (uint64_t)turn, .name = ""};

	call_log_say("sample %d", pid);
	script.now += turn == script.slow ? script.read_ns : 0;
	return process->errors[turn] ? process->errors[turn]
				     : address_space_create(&target, &vma, 1,
							    5 * SECOND + script.now, 0, ret_space);
}

void source_destroy(struct source *source)
{
	if (source)
		call_log_say("destroy %d", (int)((struct process *)source - script.processes));
}

int denied_say_of_source(const struct options *options, struct source *source, int error)
{
	assert_ptr_equal(source, &script.processes[options->pid].source);
	call_log_say("say of %d: %d", (int)options->pid, error);
	return error == -ESRCH ? EXIT_NO_PROCESS : EXIT_NO_PERMISSION;
}

void source_error_say_damage(const struct options *options, const struct source *source)
{
	assert_ptr_equal(source, &script.processes[options->pid].source);
	call_log_say("damage of %d", (int)options->pid);
}

void wx_history_add(struct wx_history *wx_history, const struct address_space *space)
{
	(void)wx_history;
	call_log_say("flags of %d, %" PRId64 " ms", (int)space->target.pid,
		     space->time_ns / MS - 5000);
}

void wx_history_exec(struct wx_history *wx_history, int64_t time_ns)
{
	(void)wx_history;
	call_log_say("another program, %" PRId64 " ms", time_ns / MS - 5000);
}

void wx_history_finish(struct wx_history *wx_history)
{
	(void)wx_history;
	call_log_say("finish");
}

void errands_init(struct errands *errands)
{
	(void)errands;
	call_log_say("errands");
}

void errands_finish(struct errands *errands)
{
	(void)errands;
	call_log_say("no more errands");
}

void check_probe(const struct procfs_options *options, struct errands *errands,
		 const struct address_space *space, struct check_facts *ret_facts)
{
	assert_string_equal(options->root, "/p");
	(void)errands;
	call_log_say("probe %d", (int)space->target.pid);
	*ret_facts = (struct check_facts){0};
}

void check_facts_finish(struct check_facts *facts)
{
	(void)facts;
	call_log_say("forget");
}

void findings_judge(struct findings *findings, const struct finding_facts *facts)
{
	const struct process *process = &script.processes[facts->space->target.pid];

	assert_non_null(facts->files);
	assert_int_equal(!facts->session, !facts->wx_history);
	assert_true(!facts->session || facts->session->now == facts->space);
	call_log_say("judge %d%s", (int)facts->space->target.pid,
		     facts->session ? ", watched" : "");
	for (size_t i = 0; i < process->found + process->open; i++)
		findings->states[i] =
			i < process->found ? FINDING_STATE_FOUND : FINDING_STATE_UNKNOWN;
}

void check_report_write_text(FILE *stream, const struct check_report *report)
{
	fprintf(stream, "%d watched %" PRId64 " ms until %" PRId64 " ms\n",
		(int)report->target->pid, report->watched_ns / MS, report->time_ns / MS - 5000);
}

int check_report_write_json(FILE *stream, const struct check_report *report)
{
	fprintf(stream, "{%d}\n", (int)report->target->pid);
	return script.write_error;
}

#endif
