/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_DEBUG_LINK_H
#define INSIDE_DEBUG_LINK_H

/*
 * What leads from a stripped ELF object to its separate debug file (gdb's manual, "Debugging
 * Information in Separate Files"): the build-id, which both have in a note, and the section
 * .gnu_debuglink, which has the debug file's name and the CRC of its bytes. Both files are hostile.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/file_identity.h"

struct elf_header;
struct file_reader;
struct text;

#define DEBUG_LINK_NAME_MAX 255 /* bytes, NAME_MAX of Linux */

/* Larger debug files are not checked by their CRC, which takes all of their bytes. */
#define DEBUG_LINK_CRC_SIZE_MAX (UINT64_C(1) << 30)

struct debug_link {
	struct build_id build_id;           /* size 0: none */
	char name[DEBUG_LINK_NAME_MAX + 1]; /* a file name without a slash; "": none */
	uint32_t crc;                       /* with a name: of the bytes of the file */
};

/* How debug files are found; the owner of the context closes them. */
struct debug_finder {
	/*
	 * Finds and opens the debug file that is wanted. Returns 0, a reader of it and its path,
	 * both valid as long as the context; or -ENOENT.
	 */
	int (*find)(void *context, const struct debug_link *wanted, struct file_reader *ret_file,
		    const char **ret_path);
	void *context;
};

/*
 * Reads what the file says of its debug file. Returns 0; -ENOENT when it says nothing; or the
 * -errno of reading.
 */
int debug_link_read(const struct file_reader *file, const struct elf_header *header,
		    struct debug_link *ret_link);

/*
 * The paths that the debug file may be found at, in turn: appends the one of that index, from a
 * root. folder is that of the object, without a slash at its end. Returns false at the end.
 */
bool debug_link_append_path(const struct debug_link *link, const char *folder, size_t index,
			    struct text *path);

/*
 * Whether the file is the debug file that is wanted: it has the build-id, or, where there is none,
 * the CRC. Returns 0, -ENOENT when it is not, or the -errno of reading.
 */
int debug_link_check(const struct file_reader *file, const struct debug_link *wanted);

#endif
