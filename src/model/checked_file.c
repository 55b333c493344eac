/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/checked_file.h"

#include <stdlib.h>

void checked_files_finish(struct checked_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->files[i].name);
		free(files->files[i].place);
	}
	free(files->files);
	*files = (struct checked_files){0};
}

const char *checked_state_words(enum checked_state state)
{
	static const char *const words[] = {
		[CHECKED_MISSING] = "the file that is mapped was not found",
		[CHECKED_DENIED] = "this user may not read the file",
		[CHECKED_STALLED] = "the file system does not answer",
		[CHECKED_FAILED] = "reading the file failed",
		[CHECKED_NOT_KEPT] = "the recording does not have the file",
	};

	return words[state];
}
