/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/inside_probe.h"

#include <errno.h>
#include <unistd.h>

#include "files/built_file.h"
#include "files/debug_files.h"
#include "files/elf_file.h"
#include "files/inside_question.h"
#include "files/mapped_open.h"
#include "files/perf_map_probe.h"
#include "inside/debug_link.h"
#include "inside/elf_segments.h"
#include "inside/object_reader.h"
#include "kernel/procfs_options.h"
#include "model/load_bias.h"
#include "model/vma.h"

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
	if (!file_stamp_equal(&finding->stamp, &question->known))
		error = object_reader_read(file, image, &wish, &finding->object);
	elf_segments_free(image);
	return error;
}

/* found is what mapped_find() returned. */
static int read_found(struct mapped_root *root, int found, const struct mapped_found *file,
		      const struct inside_question *question, struct inside_finding *ret_finding)
{
	struct inside_finding finding = {
		.stamp = file_stamp_of(&file->stat),
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

static int find_and_read(struct mapped_root *root, const struct inside_question *question,
			 struct inside_finding *ret_finding)
{
	struct mapped_found file;
	int found = mapped_find(root, &question->vmas[question->index], &file), error;

	if (found < 0)
		return found;
	error = read_found(root, found, &file, question, ret_finding);
	close(found);
	return error;
}

/* Of a process without a directory, by the names that our root has. */
static int probe_built(const struct procfs_options *options, const struct inside_question *question,
		       struct inside_finding *ret_finding)
{
	const struct vma *vma = &question->vmas[question->index];
	struct mapped_root root;
	struct mapped_found file;
	int found = built_file_find(vma, &question->build_id, &file), error;

	if (found < 0)
		return found;
	mapped_root_init(&root, -1, options->avoid);
	error = read_found(&root, found, &file, question, ret_finding);
	mapped_root_finish(&root);
	close(found);
	return error;
}

int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding)
{
	const struct vma *vma = &question->vmas[question->index];
	struct mapped_root root;
	int directory, error;

	if (!question->is_code && !vma_has_file(vma))
		return -ENOENT;
	if (question->by_build_id)
		return probe_built(options, question, ret_finding);
	directory = procfs_options_open_process(options, question->pid);
	if (directory < 0)
		return directory;
	mapped_root_init(&root, directory, options->avoid);
	error = question->is_code ? perf_map_probe(&root, question, ret_finding)
				  : find_and_read(&root, question, ret_finding);
	mapped_root_finish(&root);
	close(directory);
	return error;
}
