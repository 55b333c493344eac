/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/file_probe.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "files/elf_file.h"
#include "inside/elf_segments.h"
#include "files/mapped_open.h"
#include "kernel/procfs_options.h"
#include "model/elf_image.h"
#include "model/file_facts.h"
#include "model/load_bias.h"
#include "model/vma.h"

static void read_image(int found, const struct vma *vma, uint64_t page_size,
		       struct file_facts *facts)
{
	struct elf_image *image;
	int file = mapped_open(found);

	if (file < 0)
		return;
	if (!elf_file_read(file, &image)) {
		const struct load_vmas alone = {.vmas = vma, .count = 1, .page_size = page_size};

		facts->is_elf = load_bias_find(&alone, image, 0, 0, &facts->bias);
		elf_segments_free(image);
	}
	close(file);
}

static int look(int directory, unsigned avoid, const struct vma *vma, uint64_t page_size,
		struct file_facts *ret_facts)
{
	struct mapped_root root;
	struct mapped_found file;
	int found;

	mapped_root_init(&root, directory, avoid);
	found = mapped_find(&root, vma, &file);
	mapped_root_finish(&root);
	if (found < 0)
		return found;
	*ret_facts = (struct file_facts){.size = file.stat.stx_size};
	if (vma->kind_source == KIND_SOURCE_ELF)
		read_image(found, vma, page_size, ret_facts);
	close(found);
	return 0;
}

int file_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
	       uint64_t page_size, struct file_facts *ret_facts)
{
	int directory, error;

	if (!vma_has_file(vma))
		return -ENOENT;
	directory = procfs_options_open_process(options, pid);
	if (directory < 0)
		return directory;
	error = look(directory, options->avoid, vma, page_size, ret_facts);
	close(directory);
	return error;
}
