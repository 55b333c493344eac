/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/attach.h"

#include <inttypes.h>

#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "model/address_space.h"
#include "sampler/procfs.h"
#include "sampler/procfs_relation.h"
#include "sampler/source.h"

/* The id of a thread opens as a process would: find that out, so that nobody watches a part. */
int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why)
{
	const struct procfs_options procfs = {.root = options->procfs, .avoid = options->avoid};
	int32_t process;
	int error = procfs_thread_group(&procfs, pid, &process);

	if (!error && process != pid) {
		text_append_format(why,
				   "%" PRId32 " is a thread of process %" PRId32
				   "; try vastop %" PRId32 ".",
				   pid, process, process);
		return EXIT_NO_PROCESS;
	}
	/* Why it cannot be opened is told by what opens all of it. */
	error = procfs_source_create(&procfs, pid, ret_source);
	return error ? message_append_source_error(why, options, pid, error) : EXIT_DONE;
}

int attach_find_child(struct options *options, int32_t child, struct text *why)
{
	if (!procfs_relation_find_child(options->procfs, child, &options->pid))
		return EXIT_DONE;
	text_append_format(why,
			   "the command is not to be found in %s, which is the procfs of another "
			   "PID namespace, or none; mount one of this namespace: mount -t proc "
			   "proc %s.",
			   options->procfs, options->procfs);
	return EXIT_TROUBLE;
}

int attach_open(const struct options *options, int32_t pid, struct attachment *ret_attachment,
		struct text *why)
{
	struct attachment attachment = {.pid = pid};
	int status = attach_source(options, pid, &attachment.source, why), error;

	if (status)
		return status;
	error = source_read(attachment.source, &attachment.first);
	if (error) {
		source_destroy(attachment.source);
		return message_append_source_error(why, options, pid, error);
	}
	*ret_attachment = attachment;
	return EXIT_DONE;
}

void attach_close(struct attachment *attachment)
{
	address_space_destroy(attachment->first);
	source_destroy(attachment->source);
	*attachment = (struct attachment){0};
}
