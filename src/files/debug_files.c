/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/debug_files.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/elf_file.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"

void debug_files_init(struct debug_files *files, struct mapped_root *root, const char *object)
{
	*files = (struct debug_files){.root = root, .object = object, .descriptor = -1};
}

static void close_file(struct debug_files *files)
{
	if (files->descriptor >= 0)
		close(files->descriptor);
	files->descriptor = -1;
}

void debug_files_finish(struct debug_files *files)
{
	close_file(files);
	text_finish(&files->path);
}

/* Only a regular file is opened. Returns 0 and sets *ret_size, or -errno. */
static int open_regular(struct debug_files *files, bool targets, uint64_t *ret_size)
{
	int found = mapped_root_open(files->root, targets, text_string(&files->path));
	struct stat stat = {0};

	if (found < 0)
		return found;
	if (fstat(found, &stat) == 0 && S_ISREG(stat.st_mode))
		files->descriptor = mapped_open(found);
	close(found);
	*ret_size = (uint64_t)stat.st_size;
	return files->descriptor < 0 ? -ENOENT : 0;
}

/* Whether what lies at the path, from either root, is the file that is wanted; it stays open. */
static bool try_path(struct debug_files *files, const struct debug_link *wanted,
		     struct file_reader *ret_file)
{
	for (int targets = 0; targets < 2; targets++) {
		uint64_t size;

		if (open_regular(files, targets, &size))
			continue;
		*ret_file = elf_file_reader(&files->descriptor, size);
		if (!debug_link_check(ret_file, wanted))
			return true;
		close_file(files);
	}
	return false;
}

static int find(void *context, const struct debug_link *wanted, struct file_reader *ret_file,
		const char **ret_path)
{
	struct debug_files *files = context;
	const char *slash = files->object[0] == '/' ? strrchr(files->object, '/') : NULL;
	struct text folder = {0};
	struct file_reader file;
	bool found = false;

	close_file(files);
	if (slash)
		text_append_bytes(&folder, files->object, (size_t)(slash - files->object));
	for (size_t i = 0; !found; i++) {
		text_clear(&files->path);
		if (!debug_link_append_path(wanted, text_string(&folder), i, &files->path))
			break;
		found = try_path(files, wanted, &file);
	}
	text_finish(&folder);
	if (!found)
		return -ENOENT;
	*ret_file = file;
	*ret_path = text_string(&files->path);
	return 0;
}

struct debug_finder debug_files_finder(struct debug_files *files)
{
	return (struct debug_finder){.find = find, .context = files};
}
