/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/inside_probe.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "files/debug_files.h"
#include "files/elf_file.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"
#include "inside/elf_segments.h"
#include "inside/object_reader.h"
#include "kernel/procfs_options.h"
#include "model/load_bias.h"
#include "model/vma.h"

static struct file_stamp stamp_of(const struct statx *stat)
{
	struct file_stamp stamp;

	/* Compared byte by byte. */
	memset(&stamp, 0, sizeof(stamp));
	stamp.inode = stat->stx_ino;
	stamp.size = stat->stx_size;
	stamp.dev_major = stat->stx_dev_major;
	stamp.dev_minor = stat->stx_dev_minor;
	stamp.modified_ns = stat->stx_mtime.tv_sec * INT64_C(1000000000) + stat->stx_mtime.tv_nsec;
	return stamp;
}

static int read_object(const struct file_reader *file, const struct inside_question *question,
		       const struct debug_finder *finder, struct inside_finding *finding)
{
	const struct load_vmas list = {
		.vmas = question->vmas, .count = question->count, .page_size = question->page_size};
	const struct object_wish wish = {.finder = finder, .demangle = question->demangle};
	struct elf_image *image;
	int error = elf_segments_read(file, &image);

	if (error)
		return error;
	finding->loaded = load_bias_find(&list, image, question->index, 0, &finding->bias);
	if (memcmp(&finding->stamp, &question->known, sizeof(finding->stamp)) != 0)
		error = object_reader_read(file, image, &wish, &finding->object);
	elf_segments_free(image);
	return error;
}

/* found is what mapped_find() returned. */
static int read_found(struct mapped_root *root, int found, const struct mapped_found *file,
		      const struct inside_question *question, struct inside_finding *ret_finding)
{
	struct inside_finding finding = {
		.stamp = stamp_of(&file->stat),
		.identity = (uint8_t)file->identity,
	};
	struct debug_files debug_files;
	struct debug_finder finder;
	struct file_reader reader;
	int descriptor = mapped_open(found), error;

	if (descriptor < 0)
		return descriptor;
	reader = elf_file_reader(&descriptor, file->stat.stx_size);
	debug_files_init(&debug_files, root, question->vmas[question->index].name);
	finder = debug_files_finder(&debug_files);
	error = read_object(&reader, question, &finder, &finding);
	debug_files_finish(&debug_files);
	close(descriptor);
	if (!error)
		*ret_finding = finding;
	return error;
}

int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding)
{
	const struct vma *vma = &question->vmas[question->index];
	struct mapped_found file;
	struct mapped_root root;
	int directory, found, error;

	if (!vma_has_file(vma))
		return -ENOENT;
	directory = procfs_options_open_process(options, question->pid);
	if (directory < 0)
		return directory;
	mapped_root_init(&root, directory, options->avoid);
	found = mapped_find(&root, vma, &file);
	error = found < 0 ? found : read_found(&root, found, &file, question, ret_finding);
	if (found >= 0)
		close(found);
	mapped_root_finish(&root);
	close(directory);
	return error;
}
