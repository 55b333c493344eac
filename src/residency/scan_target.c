/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "files/target_files.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "kernel/threads.h"
#include "model/target.h"
#include "procfs/stat_parser.h"
#include "procfs/statm_parser.h"
#include "procfs/status_parser.h"

#define PATH_LENGTH 16 /* "2147483647" */
#define STATM_MAX   ((size_t)4096)
#define STATUS_MAX  ((size_t)64 * 1024)

static int read_stat(struct scan_target *target, struct proc_stat *ret_stat)
{
	bool keep = target->memory == target->directory;

	if (!target->live) {
		target_read_recorded_stat(target->memory, &target->text, ret_stat);
		return 0;
	}
	return target_read_stat(target->memory, keep ? &target->stat_file : NULL, &target->text,
				ret_stat);
}

static void use_memory(struct scan_target *target, int memory)
{
	if (target->memory >= 0 && target->memory != target->directory)
		close(target->memory);
	target->memory = memory;
}

int scan_target_open(struct scan_target *target, const struct procfs_options *options, int32_t pid)
{
	int root = proc_file_open_directory(AT_FDCWD, options->root), error = 0;
	char path[PATH_LENGTH];
	struct proc_stat stat;

	*target = (struct scan_target){.directory = -1,
				       .memory = -1,
				       .pid = pid,
				       .page_size = (uint64_t)sysconf(_SC_PAGESIZE)};
	if (root < 0)
		return root;
	snprintf(path, sizeof(path), "%d", pid);
	target->live = procfs_relation_is_live(root);
	target->directory = proc_file_open_directory(root, path);
	if (target->directory < 0)
		error = target->directory == -ENOENT ? -ESRCH : target->directory;
	close(root);
	target->memory = target->directory;
	if (!error)
		error = read_stat(target, &stat);
	if (error) {
		scan_target_close(target);
		return error;
	}
	target->start_ticks = stat.start_ticks;
	return 0;
}

void scan_target_close(struct scan_target *target)
{
	use_memory(target, target->directory);
	if (target->directory >= 0)
		close(target->directory);
	target->directory = target->memory = -1;
	proc_file_close(&target->stat_file);
	proc_file_close(&target->statm_file);
	text_finish(&target->text);
}

/* stat of the main thread, or of another one when that has ended. */
static int find_memory(struct scan_target *target, struct proc_stat *stat)
{
	int memory, error;

	use_memory(target, target->directory);
	error = read_stat(target, stat);
	if (error)
		return error;
	if (target->live && stat->start_ticks != target->start_ticks)
		return -ESRCH;
	if (stat_has_memory(stat))
		return 0;
	memory = threads_open_live(target->directory, target->pid);
	if (memory < 0)
		return target->live ? -ESRCH : 0;
	use_memory(target, memory);
	error = read_stat(target, stat);
	return !error && !stat_has_memory(stat) ? -ESRCH : error;
}

int scan_target_image(struct scan_target *target, struct scan_image *ret_image)
{
	struct proc_statm statm = {0};
	struct scan_image image;
	struct proc_stat stat;
	int error = find_memory(target, &stat);
	bool keep = target->live && target->memory == target->directory;

	if (error)
		return error;
	image = (struct scan_image){.start_brk = stat.start_brk,
				    .start_stack = stat.start_stack,
				    .minor_faults = stat.minor_faults};
	error = keep ? proc_file_read_again(&target->statm_file, target->memory, "statm", STATM_MAX,
					    &target->text)
		     : proc_file_read(target->memory, "statm", STATM_MAX, &target->text);
	if (!error)
		error = statm_parse(text_string(&target->text), target->text.length, &statm);
	/* A recorded tree may lack it; then only stat tells of changes. */
	if (error && target->live)
		return error == -ENOENT ? -ESRCH : error;
	image.resident = statm.resident * target->page_size;
	*ret_image = image;
	return 0;
}

uint64_t scan_target_swap(struct scan_target *target)
{
	struct proc_status status;

	if (proc_file_read(target->memory, "status", STATUS_MAX, &target->text))
		return TARGET_UNKNOWN;
	status_parse(text_string(&target->text), target->text.length, &status);
	return status.swap;
}

bool scan_image_same(const struct scan_image *a, const struct scan_image *b)
{
	return a->start_brk == b->start_brk && a->start_stack == b->start_stack;
}

int scan_target_open_file(const struct scan_target *target, const char *name)
{
	int file = proc_file_open(target->memory, name);

	return file == -EPERM ? -EACCES : file;
}
