/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_FILE_H
#define RECORD_RECORDING_FILE_H

/*
 * The file of a recording, before SQLite sees it: made without overwriting anything, locked while
 * it is written (flock(2), which SQLite does not use), and looked at before it is read.
 */

#include <stdbool.h>

/*
 * Makes an empty file, or with force empties a regular one. Returns its descriptor, which holds the
 * lock until it is closed; or -EEXIST, -EBUSY (it is locked), -EISDIR, -ENXIO (no regular file),
 * or another -errno.
 */
int recording_file_create(const char *path, bool force);

/*
 * Takes a file that is to be overwritten, and leaves it as it is. Returns its descriptor, which
 * holds the lock until it is closed; or -ENOENT where there is none, -EEXIST where there is one but
 * no force, or another error of recording_file_create().
 */
int recording_file_take(const char *path, bool force);

/* The journal beside it, if there is one: it would be taken for that of what replaces the file. */
void recording_file_remove_journal(const char *path);

/*
 * Returns 0 for what may be read; -EISDIR, -ENXIO (no regular file), -ENODATA (empty, or to be once
 * what was interrupted is taken back), -EBADMSG (no recording), -ENOTSUP (of a later vastop), or
 * another -errno. *ret_torn: a commit was interrupted, and the journal beside it has what it was
 * before.
 */
int recording_file_check(const char *path, bool *ret_torn);

/* Where recording_file_rescue() makes its folder: $TMPDIR, or /tmp. */
const char *recording_file_rescue_folder(void);

/*
 * Copies a recording and its journal into a folder of its own, which only this user may read, where
 * SQLite can undo what was interrupted. Returns 0 and sets *ret_path, to be freed and removed by
 * recording_file_discard(); or -errno.
 */
int recording_file_rescue(const char *path, char **ret_path);
void recording_file_discard(char *path);

#endif
