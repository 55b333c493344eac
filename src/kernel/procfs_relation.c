/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procfs_relation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "kernel/proc_file.h"
#include "procfs/status_parser.h"

#define FILE_MAX    ((size_t)64 * 1024)
#define PATH_LENGTH 40 /* "self/fdinfo/2147483647" */

/* The numbers of a process, from the root's namespace down to its own. */
struct numbers {
	int32_t pids[STATUS_NAMESPACES_MAX];
	size_t count; /* 0: there is no such process, or the kernel does not tell */
	uint64_t parent;
};

bool procfs_relation_is_live(int root)
{
	struct statfs system;

	return fstatfs(root, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

bool procfs_relation_is_live_at(const char *root)
{
	struct statfs system;

	return statfs(root, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

static int32_t find_self(int root)
{
	struct text link = {0};
	uint64_t pid = 0;

	if (proc_file_read_link(root, "self", &link) ||
	    number_parse(text_string(&link), link.length, INT32_MAX, &pid))
		pid = 0;
	text_finish(&link);
	return (int32_t)pid;
}

static struct numbers read_numbers(int root, const char *process)
{
	char path[sizeof("2147483647/status")];
	struct numbers numbers = {0};
	struct proc_status status;
	struct text text = {0};

	snprintf(path, sizeof(path), "%s/status", process);
	if (proc_file_read(root, path, FILE_MAX, &text) == 0) {
		const char *bytes = text_string(&text);

		status_parse(bytes, text.length, &status);
		numbers.parent = status.parent;
		numbers.count = status_parse_namespaces(bytes, text.length, numbers.pids);
	}
	text_finish(&text);
	return numbers;
}

/*
 * How many namespaces lie between the root's and this program's. Returns -1 where this program has
 * no number below the root. A kernel that does not tell (before 4.1) counts as 0 when the numbers
 * are equal.
 */
static int find_depth(int root)
{
	int32_t self = find_self(root);
	struct numbers numbers;

	if (!self)
		return -1;
	numbers = read_numbers(root, "self");
	if (numbers.count)
		return (int)numbers.count - 1;
	return self == (int32_t)getpid() ? 0 : -1;
}

enum procfs_relation procfs_relation_find(int root)
{
	int depth;

	if (!procfs_relation_is_live(root))
		return PROCFS_RECORDED;
	depth = find_depth(root);
	if (depth < 0)
		return PROCFS_FOREIGN;
	return depth == 0 ? PROCFS_OWN : PROCFS_ANCESTOR;
}

/*
 * Looking something up in the directory of a process that has ended fails with ESRCH, in that of
 * one that is hidden with ENOENT (proc_pid_permission() of fs/proc/base.c).
 */
bool procfs_relation_hides_directory(int directory)
{
	return faccessat(directory, "stat", F_OK, 0) != 0 && errno == ENOENT;
}

bool procfs_relation_hides(int root, int32_t pid)
{
	if (procfs_relation_find(root) != PROCFS_OWN)
		return false;
	return kill(pid, 0) == 0 || errno == EPERM;
}

/*
 * The number below the root of the process that the pidfd is of; 0: none. The kernel tells it in
 * the namespace of the procfs that is asked (pidfd_open(2); "Pid:" in proc_pid_fdinfo(5)).
 */
static int32_t number_of_pidfd(int root, int pidfd)
{
	static const char label[] = "\nPid:\t";
	char path[PATH_LENGTH];
	struct text text = {0};
	const char *line;
	uint64_t pid = 0;

	snprintf(path, sizeof(path), "self/fdinfo/%d", pidfd);
	proc_file_read(root, path, FILE_MAX, &text);
	line = strstr(text_string(&text), label);
	if (line) {
		line += strlen(label);
		/* It is -1, no number here, for a process that has none below the root. */
		number_scan(&line, text_string(&text) + text.length, 10, &pid);
	}
	text_finish(&text);
	return pid <= INT32_MAX ? (int32_t)pid : 0;
}

int procfs_relation_open_pidfd(int root, enum procfs_relation relation, int32_t pid)
{
	char process[sizeof("2147483647")];
	int depth = relation == PROCFS_ANCESTOR ? find_depth(root) : 0, pidfd;
	struct numbers numbers;

	if (relation == PROCFS_FOREIGN || relation == PROCFS_RECORDED || depth < 0)
		return -ENOTSUP;
	numbers = (struct numbers){.pids = {pid}, .count = 1};
	if (depth > 0) {
		snprintf(process, sizeof(process), "%" PRId32, pid);
		numbers = read_numbers(root, process);
	}
	if (numbers.count <= (size_t)depth)
		return -ENOTSUP;
	pidfd = (int)syscall(SYS_pidfd_open, numbers.pids[depth], 0);
	if (pidfd < 0)
		return -errno;
	/* A namespace beside this one has that number, too. */
	if (number_of_pidfd(root, pidfd) == pid)
		return pidfd;
	close(pidfd);
	return -ENOTSUP;
}

int procfs_relation_at(const char *path)
{
	int root = proc_file_open_directory(AT_FDCWD, path), relation;

	if (root < 0)
		return root;
	relation = (int)procfs_relation_find(root);
	close(root);
	return relation;
}

int32_t procfs_relation_self(const char *path)
{
	int root = proc_file_open_directory(AT_FDCWD, path);
	int32_t self;

	if (root < 0)
		return 0;
	self = find_self(root);
	close(root);
	return self;
}

/* Only this program's children are told apart by their number here: others may be beside. */
static bool is_child(int root, const char *process, int32_t self, int depth, int32_t child)
{
	const struct numbers numbers = read_numbers(root, process);

	return numbers.parent == (uint64_t)self && numbers.count > (size_t)depth &&
	       numbers.pids[depth] == child;
}

/* Goes over all processes; returns the number of the child, or -ESRCH. */
static int32_t search_child(DIR *processes, int depth, int32_t child)
{
	int root = dirfd(processes);
	int32_t self = find_self(root);
	const struct dirent *entry;
	uint64_t pid;

	while ((entry = readdir(processes)))
		if (number_parse(entry->d_name, strlen(entry->d_name), INT32_MAX, &pid) == 0 &&
		    is_child(root, entry->d_name, self, depth, child))
			return (int32_t)pid;
	return -ESRCH;
}

static int32_t find_below(const char *path, int depth, int32_t child)
{
	DIR *processes = opendir(path);
	int32_t found;

	if (!processes && errno == ENOMEM)
		memory_exhausted();
	if (!processes)
		return -errno;
	found = search_child(processes, depth, child);
	closedir(processes);
	return found;
}

int procfs_relation_find_child(const char *path, int32_t child, int32_t *ret_pid)
{
	int root = proc_file_open_directory(AT_FDCWD, path), depth;
	int32_t found = child;

	if (root < 0)
		return root;
	depth = find_depth(root);
	close(root);
	if (depth)
		found = depth < 0 ? -ESRCH : find_below(path, depth, child);
	if (found < 0)
		return found;
	*ret_pid = found;
	return 0;
}
