/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_DWARF_FILE_H
#define FILES_DWARF_FILE_H

/*
 * The debug information (DWARF) of an object that a process maps: in the file itself, or in its
 * separate debug file (files/debug_files.h). libdw maps the file, which may be cut short or made to
 * keep it busy: to be used in a child process (files/helper.h). Waits as long as the file systems
 * do.
 */

struct dwarf_file;
struct mapped_root;
struct vma;

/*
 * Opens that of the file behind the descriptor, which stays the caller's and is not closed before.
 * Returns 0 and sets *ret_file; -ENODATA when it has none; or -ELIBACC without libdw.
 */
int dwarf_file_open_descriptor(int descriptor, struct dwarf_file **ret_file);

/*
 * Opens that of the file that the mapping maps. Returns 0 and sets *ret_file; -ENOENT when no way
 * leads to the file; -ENODATA; -ELIBACC; or another -errno of opening.
 */
int dwarf_file_open(struct mapped_root *root, const struct vma *vma, struct dwarf_file **ret_file);

/* NULL is allowed. */
void dwarf_file_close(struct dwarf_file *file);

/* What the functions that use libdw need of it: struct libdw, and a Dwarf. */
const struct libdw *dwarf_file_library(const struct dwarf_file *file);
void *dwarf_file_handle(const struct dwarf_file *file);

#endif
