/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/dwarf_file.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/debug_files.h"
#include "files/elf_file.h"
#include "files/libdw.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "model/vma.h"

struct dwarf_file {
	struct libdw libdw;
	void *dwarf;
	int descriptor; /* its own; negative: none */
};

#ifdef HAVE_LIBDW
int dwarf_file_open_descriptor(int descriptor, struct dwarf_file **ret_file)
{
	struct dwarf_file *file;
	struct libdw libdw;
	Dwarf *dwarf;
	int error = libdw_load(&libdw);

	if (error)
		return error;
	dwarf = libdw.begin(descriptor, DWARF_C_READ);
	if (!dwarf)
		return -ENODATA;
	file = memory_alloc(sizeof(*file));
	*file = (struct dwarf_file){.libdw = libdw, .dwarf = dwarf, .descriptor = -1};
	*ret_file = file;
	return 0;
}

void dwarf_file_close(struct dwarf_file *file)
{
	if (!file)
		return;
	file->libdw.end(file->dwarf);
	if (file->descriptor >= 0)
		close(file->descriptor);
	free(file);
}
#else
int dwarf_file_open_descriptor(int descriptor, struct dwarf_file **ret_file)
{
	(void)descriptor, (void)ret_file;
	return -ELIBACC;
}

void dwarf_file_close(struct dwarf_file *file)
{
	(void)file;
}
#endif

/* Opens the debug file of the object behind the descriptor. */
static int open_debug_file(struct mapped_root *root, const struct vma *vma, int descriptor,
			   uint64_t size, struct dwarf_file **ret_file)
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
	error = -ENODATA;
	if (!finder.find(finder.context, &link, &debug_file, &path))
		error = dwarf_file_open_descriptor(debug_files.descriptor, ret_file);
	if (!error) {
		(*ret_file)->descriptor = debug_files.descriptor;
		debug_files.descriptor = -1;
	}
	debug_files_finish(&debug_files);
	return error;
}

int dwarf_file_open(struct mapped_root *root, const struct vma *vma, struct dwarf_file **ret_file)
{
	struct mapped_found file;
	int found = mapped_find(root, vma, &file), descriptor, error;

	if (found < 0)
		return found;
	descriptor = mapped_open(found);
	close(found);
	if (descriptor < 0)
		return descriptor;
	error = dwarf_file_open_descriptor(descriptor, ret_file);
	if (!error) {
		(*ret_file)->descriptor = descriptor;
		return 0;
	}
	if (error == -ENODATA)
		error = open_debug_file(root, vma, descriptor, file.stat.stx_size, ret_file);
	close(descriptor);
	return error;
}

const struct libdw *dwarf_file_library(const struct dwarf_file *file)
{
	return &file->libdw;
}

void *dwarf_file_handle(const struct dwarf_file *file)
{
	return file->dwarf;
}
