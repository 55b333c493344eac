/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/source_line.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "files/errands.h"
#include "files/mapped_ways.h"
#include "kernel/procfs_options.h"
#include "model/vma.h"

/* Debug information is large, and may lie on a slow disk. */
#define PATIENCE_NS INT64_C(10000000000)
#define CPU_SECONDS 4

static int look_in(struct mapped_root *root, const struct vma *vma, uint64_t address,
		   struct text *text)
{
	struct dwarf_line line;
	struct dwarf_file *file;
	int error = dwarf_file_open(root, vma, &file);

	if (error)
		return error;
	error = -ENOENT;
	if (dwarf_line_find(file, address, &line, 1) == 1 && line.file && line.line) {
		text_append_format(text, "%s:%" PRIu32, line.file, line.line);
		error = 0;
	}
	dwarf_file_close(file);
	return error;
}

/* What a helper is asked; the root of the procfs and the name of the VMA follow, NULs included. */
struct line_request {
	int32_t pid;
	unsigned avoid;
	uint64_t address;
	struct vma vma;
};

/* In the helper. The reply is the error, and then the line. */
static void look(int directory, const char *bytes, size_t length, struct text *reply)
{
	const char *root_path = bytes + sizeof(struct line_request);
	struct procfs_options options = {.root = root_path};
	struct line_request request;
	struct mapped_root root;
	struct text line = {0};
	int process, error;

	(void)directory, (void)length;
	helper_limit_time(CPU_SECONDS);
	memcpy(&request, bytes, sizeof(request));
	request.vma.name = root_path + strlen(root_path) + 1;
	process = procfs_options_open_process(&options, request.pid);
	error = process;
	if (process >= 0) {
		mapped_root_init(&root, process, request.avoid);
		error = look_in(&root, &request.vma, request.address, &line);
		mapped_root_finish(&root);
		close(process);
	}
	text_append_bytes(reply, (const char *)&error, sizeof(error));
	text_append_bytes(reply, text_string(&line),
			  line.length < HELPER_REPLY_MAX / 2 ? line.length : HELPER_REPLY_MAX / 2);
	text_finish(&line);
}

static struct errand *make_errand(struct errands *errands, const struct procfs_options *options,
				  int32_t pid, const struct vma *vma, uint64_t address)
{
	const struct line_request fixed = {
		.pid = pid, .avoid = options->avoid, .address = address, .vma = *vma};
	struct text request = {0};
	struct errand *errand;

	text_append_bytes(&request, (const char *)&fixed, sizeof(fixed));
	text_append_bytes(&request, options->root, strlen(options->root) + 1);
	text_append_bytes(&request, vma->name, strlen(vma->name) + 1);
	errand = errand_create(errands, vma->dev_major, vma->dev_minor, look, &request, false);
	text_finish(&request);
	return errand;
}

int source_line_append(const struct procfs_options *options, int32_t pid, const struct vma *vma,
		       uint64_t address, struct text *text)
{
	int error = -ETIMEDOUT;
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errands.plan.patience = PATIENCE_NS;
	errands.plan.limit = PATIENCE_NS;
	errand = make_errand(&errands, options, pid, vma, address);
	errands_run(&errands, -1);
	if (errand->state == ERRAND_DONE && errand->reply.length >= sizeof(error)) {
		memcpy(&error, errand->reply.bytes, sizeof(error));
		if (!error)
			text_append_bytes(text, errand->reply.bytes + sizeof(error),
					  errand->reply.length - sizeof(error));
	}
	errand_drop(errand);
	errands_finish(&errands);
	return error;
}
