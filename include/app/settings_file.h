/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SETTINGS_FILE_H
#define APP_SETTINGS_FILE_H

/*
 * The files that people write for vastop: where they are, how they are read, and which mistakes are
 * reported.
 */

#include <stddef.h>

struct setting_mistake;
struct text;

#define SETTINGS_FILE_MAX ((size_t)1 << 20) /* bytes; longer ones are not written by hand */

/* How many mistakes of a file are reported. */
#define SETTINGS_FILE_TOLD 3

/*
 * Appends the path of a file in vastop's configuration folder: $XDG_CONFIG_HOME/vastop/NAME, or
 * ~/.config/vastop/NAME where that is not set to an absolute path.
 */
void settings_file_path(struct text *path, const char *name);

/*
 * Appends a whole file. Returns 0; or -errno, among them -ENOENT (also where a folder may not be
 * searched: its contents are unknown), -EINVAL for what is not a regular file, -EFBIG for one
 * longer than SETTINGS_FILE_MAX, -EPERM for one that is not to be trusted under sudo(8) and the
 * like: owned by neither the user nor root, or writable by everyone. Nothing is appended then.
 */
int settings_file_read(const char *path, struct text *ret_text);

/*
 * Says on stderr what is wrong in a file, "FILE:LINE: …", of count mistakes the first
 * SETTINGS_FILE_TOLD (no more need to be there) up to one without a message.
 */
void settings_file_say(const char *path, const struct setting_mistake *mistakes, size_t count);

/* Why a file could not be read (-errno), in a few words. */
const char *settings_file_error(int error);

#endif
