/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_OBJECT_READER_H
#define INSIDE_OBJECT_READER_H

/* Reads what is inside an ELF object from its file and its debug file, both of which are hostile.
 */

#include <stdbool.h>

struct debug_finder;
struct elf_image;
struct file_reader;
struct inside_object;

struct object_wish {
	const struct debug_finder *finder; /* of the debug file, where the object has no table of
					    * all symbols; NULL: it is not looked for */
	bool demangle;                     /* names, which can take for ever (inside/demangle.h) */
};

/*
 * Reads the object, whose segments were read. Returns 0 and sets *ret_object, which begins
 * with one reference; -ENOEXEC when the file is no ELF executable or shared object; or the -errno
 * of reading. What is missing of the symbols is no error: the object says why.
 */
int object_reader_read(const struct file_reader *file, const struct elf_image *image,
		       const struct object_wish *wish, struct inside_object **ret_object);

#endif
