/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_ELF_SEGMENTS_H
#define INSIDE_ELF_SEGMENTS_H

/*
 * The program headers of a hostile ELF file as the model wants them (model/elf_image.h). At most 64
 * KiB are read, and every value is checked.
 *
 * They are read here, not by libelf, which every start would load for them and which, given the
 * file, allocates by the number of sections that it claims to have.
 */

struct elf_image;
struct file_reader;

/*
 * Reads an executable or a shared object. Returns 0 and sets *ret_image, which elf_segments_free()
 * frees; -ENOEXEC when it is neither or its headers contradict themselves; or another -errno of
 * reading.
 */
int elf_segments_read(const struct file_reader *file, struct elf_image **ret_image);

/* Frees the image; NULL is allowed. */
void elf_segments_free(struct elf_image *image);

#endif
