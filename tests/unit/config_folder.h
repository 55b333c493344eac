/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_CONFIG_FOLDER_H
#define TESTS_CONFIG_FOLDER_H

/* A configuration folder of one's own, as $XDG_CONFIG_HOME, for tests of what is read from it. */

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

struct config_folder {
	char path[40];
};

static inline void config_folder_open(struct config_folder *folder)
{
	char inside[80];

	strcpy(folder->path, "/tmp/vastop-config-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	snprintf(inside, sizeof(inside), "%s/vastop", folder->path);
	assert_int_equal(mkdir(inside, 0700), 0);
	snprintf(inside, sizeof(inside), "%s/vastop/themes", folder->path);
	assert_int_equal(mkdir(inside, 0700), 0);
	setenv("XDG_CONFIG_HOME", folder->path, 1);
}

/* The path of a file in it: "config", "themes/mine.theme"; valid until the next call. */
static inline const char *config_folder_path(struct config_folder *folder, const char *name,
					     char path[static 200])
{
	snprintf(path, 200, "%s/vastop/%s", folder->path, name);
	return path;
}

static inline void config_folder_write(struct config_folder *folder, const char *name,
				       const char *text)
{
	char path[200];
	FILE *file = fopen(config_folder_path(folder, name, path), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	fclose(file);
}

static inline int config_folder_remove(const char *path, const struct stat *status, int type,
				       struct FTW *walk)
{
	(void)status, (void)type, (void)walk;
	return remove(path);
}

static inline void config_folder_close(struct config_folder *folder)
{
	unsetenv("XDG_CONFIG_HOME");
	nftw(folder->path, config_folder_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
