/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/export_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

int export_file_open(struct export_file *file, const char *path)
{
	struct text fresh = {0};
	int descriptor;

	text_append_format(&fresh, "%s.new", path);
	/* What another run left, or a link that leads elsewhere, is not written to. */
	unlink(text_string(&fresh));
	descriptor = open(text_string(&fresh), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			  0644);
	if (descriptor < 0) {
		descriptor = -errno;
		text_finish(&fresh);
		return descriptor;
	}
	file->stream = fdopen(descriptor, "w");
	if (!file->stream)
		memory_exhausted();
	file->path = path;
	file->fresh = fresh.bytes;
	return 0;
}

int export_file_close(struct export_file *file)
{
	int error = ferror(file->stream) ? -EIO : 0;

	errno = 0;
	if (fflush(file->stream) && !error)
		error = errno ? -errno : -EIO;
	if (fclose(file->stream) && !error)
		error = errno ? -errno : -EIO;
	if (!error && rename(file->fresh, file->path))
		error = -errno;
	if (error)
		unlink(file->fresh);
	free(file->fresh);
	file->fresh = NULL;
	return error;
}
