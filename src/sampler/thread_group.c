/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/thread_group.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "procfs/status_parser.h"

#define STATUS_MAX  ((size_t)64 * 1024)
#define PATH_LENGTH 32 /* "2147483647/status" */

/* A recorded directory may have another name than its process had; then that is no other one. */
static bool is_there(int root, int32_t pid)
{
	char path[PATH_LENGTH];

	snprintf(path, sizeof(path), "%d", pid);
	return procfs_relation_is_live(root) || !faccessat(root, path, F_OK, 0);
}

int thread_group_find(const struct procfs_options *options, int32_t tid, int32_t *ret_pid)
{
	char path[PATH_LENGTH];
	struct text text = {0};
	struct proc_status status;
	int error, root;

	if (tid <= 0)
		return -ESRCH;
	root = proc_file_open_directory(AT_FDCWD, options->root);
	if (root < 0)
		return root;
	snprintf(path, sizeof(path), "%d/status", tid);
	error = proc_file_read(root, path, STATUS_MAX, &text);
	status_parse(text_string(&text), text.length, &status);
	text_finish(&text);
	if (!error)
		*ret_pid = status.thread_group <= INT32_MAX &&
					   is_there(root, (int32_t)status.thread_group)
				   ? (int32_t)status.thread_group
				   : tid;
	close(root);
	return error == -ENOENT ? -ESRCH : error;
}
