/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ELF_FILE_H
#define FILES_ELF_FILE_H

/*
 * Reads the program headers of an ELF file. The file belongs to the target and is hostile: it is
 * read, not mapped (it may be truncated meanwhile), at most 64 KiB of it, and every value is
 * checked.
 */

struct elf_image;

/*
 * Reads the executable or shared object behind the descriptor (its position does not matter and
 * stays). Returns 0 and sets *ret_image, which elf_file_free_image() frees; -ENOEXEC when it is
 * neither or its headers contradict themselves; or another -errno of reading.
 */
int elf_file_read(int descriptor, struct elf_image **ret_image);

/* Frees the image; NULL is allowed. */
void elf_file_free_image(struct elf_image *image);

#endif
