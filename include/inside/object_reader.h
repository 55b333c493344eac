/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_OBJECT_READER_H
#define INSIDE_OBJECT_READER_H

/* Reads what is inside an ELF object from its file and its debug file, both of which are hostile.
 */

struct debug_finder;
struct elf_image;
struct file_reader;
struct inside_object;

/*
 * Reads the object, whose segments were read. Where it has no table of all symbols, the debug file
 * is asked for, if there is a finder (NULL: none). Returns 0 and sets *ret_object, which begins
 * with one reference; -ENOEXEC when the file is no ELF executable or shared object; or the -errno
 * of reading. What is missing of the symbols is no error: the object says why.
 */
int object_reader_read(const struct file_reader *file, const struct elf_image *image,
		       const struct debug_finder *finder, struct inside_object **ret_object);

#endif
