/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/line_finder.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "files/errands.h"
#include "files/handed_over.h"
#include "files/mapped_ways.h"
#include "inside/code_line.h"
#include "inside/demangle.h"
#include "kernel/procfs_options.h"
#include "model/vma.h"

/* Of processor time, for one question. */
#define CPU_SECONDS 4

/* As much as is handed over: some hundred bytes an address. */
#define RECORDS_MAX ((size_t)4 << 20)

/* What a helper is asked; the addresses, the root of the procfs and the name of the VMA follow. */
struct lines_request {
	int32_t pid;
	unsigned avoid;
	uint32_t count;
	struct vma vma;
};

/* The reply: the records are in the file. */
struct lines_reply {
	int error;
	uint64_t size;
};

static void append_line(struct text *records, uint32_t index, const struct dwarf_line *found)
{
	struct text shown = {0};
	struct code_line line = {
		.index = index,
		.line = found->line,
		.function = found->function ? found->function : "",
		.file = found->file ? found->file : "",
	};

	if (demangle_append(&shown, line.function, strlen(line.function)))
		line.function = text_string(&shown);
	code_line_append(records, &line);
	text_finish(&shown);
}

static void find_lines(const struct dwarf_file *file, const char *addresses, uint32_t count,
		       struct text *records)
{
	struct dwarf_line lines[CODE_LINE_DEPTH_MAX];

	for (uint32_t i = 0; i < count; i++) {
		uint64_t address;
		int found;

		memcpy(&address, addresses + i * sizeof(address), sizeof(address));
		found = dwarf_line_find(file, address, lines, CODE_LINE_DEPTH_MAX);
		for (int j = 0; j < found && records->length < RECORDS_MAX; j++)
			append_line(records, i, &lines[j]);
	}
}

static int look(const struct procfs_options *options, const struct lines_request *request,
		const char *addresses, struct text *records)
{
	struct mapped_root root;
	struct dwarf_file *file;
	int process = procfs_options_open_process(options, request->pid), error;

	if (process < 0)
		return process;
	mapped_root_init(&root, process, request->avoid);
	error = dwarf_file_open(&root, &request->vma, &file);
	if (!error) {
		find_lines(file, addresses, request->count, records);
		dwarf_file_close(file);
	}
	mapped_root_finish(&root);
	close(process);
	return error;
}

/* In the helper. The directory is the file that the records go to. */
static void find_in_child(int directory, const char *bytes, size_t length, struct text *text)
{
	const char *addresses = bytes + sizeof(struct lines_request);
	struct procfs_options options = {0};
	struct lines_request request;
	struct text records = {0};
	struct lines_reply reply;

	(void)length;
	helper_limit_time(CPU_SECONDS);
	memset(&reply, 0, sizeof(reply));
	memcpy(&request, bytes, sizeof(request));
	options.root = addresses + request.count * sizeof(uint64_t);
	request.vma.name = options.root + strlen(options.root) + 1;
	reply.error = look(&options, &request, addresses, &records);
	if (!reply.error)
		reply.error = handed_over_write(directory, &records);
	reply.size = records.length;
	text_finish(&records);
	text_append_bytes(text, (const char *)&reply, sizeof(reply));
}

static void append_request(struct text *request, const struct procfs_options *options, int32_t pid,
			   const struct vma *vma, const uint64_t *addresses, size_t count)
{
	const struct lines_request fixed = {
		.pid = pid, .avoid = options->avoid, .count = (uint32_t)count, .vma = *vma};

	text_append_bytes(request, (const char *)&fixed, sizeof(fixed));
	text_append_bytes(request, (const char *)addresses, count * sizeof(*addresses));
	text_append_bytes(request, options->root, strlen(options->root) + 1);
	text_append_bytes(request, vma->name, strlen(vma->name) + 1);
}

int line_finder_find(struct errands *errands, const struct procfs_options *options, int32_t pid,
		     const struct vma *vma, const uint64_t *addresses, size_t count,
		     struct text *records)
{
	int file = handed_over_create("vastop-lines");
	struct lines_reply reply = {.error = -ETIMEDOUT};
	struct text request = {0};
	struct errand *errand;

	if (file < 0)
		return file;
	append_request(&request, options, pid, vma, addresses, count);
	errand = errand_create(errands, vma->dev_major, vma->dev_minor, find_in_child, &request,
			       false);
	text_finish(&request);
	errands_run(errands, file);
	if (!errand_take_reply(errand, &reply, sizeof(reply)) && errand->state == ERRAND_FAILED)
		reply.error = -EIO;
	errand_drop(errand);
	if (!reply.error)
		reply.error = handed_over_read(file, reply.size, RECORDS_MAX * 2, records);
	close(file);
	return reply.error;
}
