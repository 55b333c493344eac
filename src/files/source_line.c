/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/source_line.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "files/debug_files.h"
#include "files/dwarf_line.h"
#include "files/elf_file.h"
#include "files/errands.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "kernel/procfs_options.h"
#include "model/vma.h"

/* Debug information is large, and may lie on a slow disk. */
#define PATIENCE_NS INT64_C(10000000000)
#define CPU_SECONDS 4

/* The line by the debug file of the object behind the descriptor. */
static int look_in_debug_file(struct mapped_root *root, const struct vma *vma, int descriptor,
			      uint64_t size, uint64_t address, struct text *text)
{
	const struct file_reader file = elf_file_reader(&descriptor, size);
	struct debug_files debug_files;
	struct debug_finder finder;
	struct file_reader debug_file;
	struct elf_header header;
	struct debug_link link;
	const char *path;
	int error = elf_header_read(&file, &header);

	if (!error)
		error = debug_link_read(&file, &header, &link);
	if (error)
		return -ENODATA;
	debug_files_init(&debug_files, root, vma->name);
	finder = debug_files_finder(&debug_files);
	error = finder.find(finder.context, &link, &debug_file, &path)
			? -ENODATA
			: dwarf_line_append(debug_files.descriptor, address, text);
	debug_files_finish(&debug_files);
	return error;
}

static int look_in(struct mapped_root *root, const struct vma *vma, uint64_t address,
		   struct text *text)
{
	struct mapped_found file;
	int found = mapped_find(root, vma, &file), descriptor, error;

	if (found < 0)
		return found;
	descriptor = mapped_open(found);
	close(found);
	if (descriptor < 0)
		return descriptor;
	error = dwarf_line_append(descriptor, address, text);
	if (error == -ENODATA)
		error = look_in_debug_file(root, vma, descriptor, file.stat.stx_size, address,
					   text);
	close(descriptor);
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
