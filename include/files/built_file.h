/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_BUILT_FILE_H
#define FILES_BUILT_FILE_H

/*
 * Finds the file that a process mapped which does not run any more: at the name that it had, from
 * this process's root, if it is of the same build (gdb's manual, "Build IDs"). Nothing else is
 * known of such a file.
 */

struct build_id;
struct mapped_found;
struct vma;

/*
 * Returns a descriptor of O_PATH, which the caller closes, and fills *ret_found, PROVEN; or -ENOENT
 * when no regular file lies there, or it is of another build. Waits as long as its file system.
 */
int built_file_find(const struct vma *vma, const struct build_id *build_id,
		    struct mapped_found *ret_found);

#endif
