/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/perf_map_probe.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "files/elf_file.h"
#include "files/inside_question.h"
#include "files/mapped_open.h"
#include "inside/perf_map.h"
#include "kernel/proc_file.h"
#include "model/file_identity.h"
#include "procfs/status_parser.h"

#define STATUS_MAX ((size_t)16384)

/* The process as the file's name and owner have it. */
struct owner {
	int32_t pid; /* in its own PID namespace */
	uint64_t uid;
};

static int read_owner(int directory, int32_t pid, struct owner *ret_owner)
{
	int32_t pids[STATUS_NAMESPACES_MAX];
	struct proc_status status;
	struct text text = {0};
	size_t count;
	int error = proc_file_read(directory, "status", STATUS_MAX, &text);

	if (!error) {
		status_parse(text_string(&text), text.length, &status);
		count = status_parse_namespaces(text_string(&text), text.length, pids);
		*ret_owner = (struct owner){
			.pid = count ? pids[count - 1] : pid,
			.uid = status.uid,
		};
	}
	text_finish(&text);
	return error;
}

static bool is_its_own(int descriptor, const struct owner *owner, struct statx *ret_stat)
{
	return statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS,
		     ret_stat) == 0 &&
	       S_ISREG(ret_stat->stx_mode) && ret_stat->stx_nlink == 1 &&
	       ret_stat->stx_uid == owner->uid;
}

/* found is of O_PATH. */
static int read_found(int found, const struct statx *stat, const struct inside_question *question,
		      struct inside_finding *ret_finding)
{
	struct inside_finding finding = {
		.stamp = file_stamp_of(stat),
		.loaded = true,
		.identity = FILE_IDENTITY_PROVEN,
	};
	struct file_reader reader;
	int descriptor, error = 0;

	if (file_stamp_equal(&finding.stamp, &question->known)) {
		*ret_finding = finding;
		return 0;
	}
	descriptor = mapped_open(found);
	if (descriptor < 0)
		return descriptor;
	/* It may grow meanwhile: what comes later is for the next time. */
	reader = elf_file_reader(&descriptor, stat->stx_size);
	error = perf_map_read(&reader, &finding.object);
	close(descriptor);
	if (!error)
		*ret_finding = finding;
	return error;
}

int perf_map_probe(struct mapped_root *root, const struct inside_question *question,
		   struct inside_finding *ret_finding)
{
	struct text path = {0};
	struct owner owner;
	struct statx stat;
	int found, error = read_owner(root->directory, question->pid, &owner);

	if (error)
		return error;
	text_append_format(&path, "/tmp/perf-%" PRId32 ".map", owner.pid);
	found = mapped_root_open_inside(root, text_string(&path));
	text_finish(&path);
	if (found < 0)
		return found;
	error = is_its_own(found, &owner, &stat) ? read_found(found, &stat, question, ret_finding)
						 : -ENOENT;
	close(found);
	return error;
}
