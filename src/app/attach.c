/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/attach.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>

#include "app/core_file.h"
#include "app/denied.h"
#include "app/message.h"
#include "app/options.h"
#include "app/replay_link.h"
#include "app/source_error.h"
#include "base/text.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "model/address_space.h"
#include "model/comparison.h"
#include "model/timeline.h"
#include "sampler/attacher.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "sampler/thread_group.h"

static int say_thread(struct text *why, int32_t tid, int32_t process)
{
	text_append_format(
		why, "%" PRId32 " is a thread of process %" PRId32 "; try vastop %" PRId32 ".", tid,
		process, process);
	return EXIT_NO_PROCESS;
}

/* The id of a thread opens as a process would: find that out, so that nobody watches a part. */
int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why)
{
	const struct procfs_options procfs = options_procfs(options);
	int32_t process;
	int error;

	if (options->core_file) {
		*ret_source = core_file_source(options->core_file);
		return EXIT_DONE;
	}
	error = thread_group_find(&procfs, pid, &process);
	if (!error && process != pid)
		return say_thread(why, pid, process);
	/* Why it cannot be opened is told by what opens all of it. */
	error = procfs_source_create(&procfs, pid, ret_source);
	return error ? source_error_append(why, options, pid, error) : EXIT_DONE;
}

int attach_find_child(struct options *options, int32_t child, struct text *why)
{
	if (!procfs_relation_find_child(options->procfs, child, &options->pid))
		return EXIT_DONE;
	text_append_format(why,
			   "cannot find the command in %s: it is not a procfs of this PID "
			   "namespace; mount one: mount -t proc proc %s.",
			   options->procfs, options->procfs);
	return EXIT_TROUBLE;
}

int attach_begin(const struct options *options, int32_t pid, struct source *source,
		 struct attaching *ret_attaching)
{
	const struct procfs_options procfs = options_procfs(options);
	struct attaching attaching = {.options = options, .pid = pid};
	int error;

	if (!source && options->core_file)
		source = core_file_source(options->core_file);
	error = attacher_create(&procfs, pid, source, &attaching.attacher);
	if (error)
		source_destroy(source);
	else
		*ret_attaching = attaching;
	return error;
}

int attach_descriptor(const struct attaching *attaching)
{
	return attaching->attacher ? attacher_descriptor(attaching->attacher) : -1;
}

bool attach_take(struct attaching *attaching, struct text *why)
{
	struct attached attached;

	if (!attaching->attacher || !attacher_take(attaching->attacher, &attached))
		return false;
	if (attached.first) {
		attaching->status = EXIT_DONE;
		attaching->attachment = (struct attachment){
			.pid = attaching->pid, .source = attached.source, .first = attached.first};
		return true;
	}
	if (attached.process != attaching->pid)
		attaching->status = say_thread(why, attaching->pid, attached.process);
	else
		attaching->status = denied_append(why, attaching->options, attaching->pid,
						  attached.uid, attached.error);
	source_destroy(attached.source);
	return true;
}

void attach_wait(const struct attaching *attaching, int descriptor)
{
	struct pollfd waits[] = {{.fd = attach_descriptor(attaching), .events = POLLIN},
				 {.fd = descriptor, .events = POLLIN}};

	(void)poll(waits, 2, -1);
}

void attach_end(struct attaching *attaching)
{
	attacher_destroy(attaching->attacher);
	attaching->attacher = NULL;
}

void attach_give(struct attachment *attachment, struct attachment *other)
{
	attachment->replay = other->replay;
	attachment->timeline = other->timeline;
	attachment->user = other->user;
	attachment->against = other->against;
	other->replay = NULL;
	other->timeline = NULL;
	other->user = NULL;
	other->against = NULL;
}

void attach_close(struct attachment *attachment)
{
	address_space_destroy(attachment->first);
	source_destroy(attachment->source);
	replay_link_release(attachment->replay);
	if (attachment->timeline)
		timeline_finish(attachment->timeline);
	free(attachment->timeline);
	free(attachment->user);
	if (attachment->against)
		comparison_side_finish(attachment->against);
	free(attachment->against);
	*attachment = (struct attachment){0};
}
