/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/recorded_words.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/procfs_relation.h"
#include "sampler/source.h"

bool recorded_words_apply(const struct options *options)
{
	return !procfs_relation_is_live_at(options->procfs);
}

/* The path below the tree; directory and file may each be left out: pid 0, NULL. */
static void append_path(struct text *text, const struct options *options, int32_t pid,
			const char *file)
{
	text_append(text, options->procfs);
	if (pid)
		text_append_format(text, "/%" PRId32, pid);
	if (file)
		text_append_format(text, "/%s", file);
}

static void append_shown(struct text *text, const struct options *options, int32_t pid,
			 const char *file)
{
	struct text path = {0};

	append_path(&path, options, pid, file);
	utf8_append_escaped(text, text_string(&path), path.length);
	text_finish(&path);
}

/* The mode of the file, 0 where there is none or it cannot be told. */
static mode_t find_mode(const struct options *options, int32_t pid, const char *file)
{
	struct text path = {0};
	struct stat status;
	bool found;

	append_path(&path, options, pid, file);
	found = stat(text_string(&path), &status) == 0;
	text_finish(&path);
	return found ? status.st_mode : 0;
}

static int append_no_directory(struct text *text, const struct options *options, int32_t pid)
{
	text_append(text, "there is no directory ");
	append_shown(text, options, pid, NULL);
	if (find_mode(options, 0, "maps") || find_mode(options, 0, "smaps")) {
		text_append(text, "; ");
		append_shown(text, options, 0, NULL);
		text_append_format(text,
				   " holds the files of a process itself: move them into a "
				   "directory %" PRId32 " in it.",
				   pid);
	} else {
		text_append(text, "; check --procfs and the PID.");
	}
	return EXIT_NO_PROCESS;
}

static int append_no_root(struct text *text, const struct options *options, int error)
{
	text_append(text, "cannot open ");
	append_shown(text, options, 0, NULL);
	text_append_format(text,
			   ": %s; --procfs takes a directory with one for each process in it.",
			   strerror(-error));
	return error == -EACCES ? EXIT_NO_PERMISSION : EXIT_NO_PROCESS;
}

/* What stops the list of mappings from being read. */
static int append_no_list(struct text *text, const struct options *options, int32_t pid, int error)
{
	bool has_maps = find_mode(options, pid, "maps") || !find_mode(options, pid, "smaps");

	text_append(text, "cannot read ");
	append_shown(text, options, pid, has_maps ? "maps" : "smaps");
	switch (-error) {
	case ENOENT:
		text_append(text,
			    ": no such file, and no smaps; copy one of them from the process.");
		return EXIT_TROUBLE;
	case ENODATA:
		text_append(text, ": the file is empty; copy it again, as the user of the process "
				  "or as root.");
		return EXIT_TROUBLE;
	case EBADMSG:
		text_append(
			text,
			": none of its lines is a mapping; it must be a copy of /proc/PID/maps.");
		return EXIT_TROUBLE;
	case EACCES:
	case EPERM:
		text_append(text, ": permission denied; check the permissions of the file and its "
				  "directories.");
		return EXIT_NO_PERMISSION;
	default: text_append_format(text, ": %s.", strerror(-error)); return EXIT_TROUBLE;
	}
}

int recorded_words_append_error(struct text *text, const struct options *options, int32_t pid,
				int error)
{
	int relation = procfs_relation_at(options->procfs);
	mode_t mode = find_mode(options, pid, NULL);

	if (relation < 0)
		return append_no_root(text, options, relation);
	if (!strcmp(options->procfs, "/proc")) {
		text_append(text, "no procfs is mounted at /proc; mount one: mount -t proc proc "
				  "/proc.");
		return EXIT_TROUBLE;
	}
	if (error == -ESRCH && !mode)
		return append_no_directory(text, options, pid);
	if (mode && !S_ISDIR(mode)) {
		text_append(text, "cannot open ");
		append_shown(text, options, pid, NULL);
		text_append(text, ": it is not a directory; check --procfs.");
		return EXIT_TROUBLE;
	}
	if (error == -ESRCH || error == -ENXIO) {
		text_append_format(text, "process %" PRId32 " %s when ", pid,
				   error == -ESRCH ? "had ended" : "was a kernel thread");
		append_shown(text, options, pid, NULL);
		text_append(text, " was recorded: it has no mappings.");
		return error == -ESRCH ? EXIT_NO_PROCESS : EXIT_TROUBLE;
	}
	return append_no_list(text, options, pid, error);
}

void recorded_words_append_damage(struct text *text, const struct options *options, int32_t pid,
				  const struct source_damage *damage)
{
	append_shown(text, options, pid, damage->file);
	text_append(text, damage->skipped ? " is damaged: " : " seems to be truncated: ");
	if (damage->skipped)
		text_append_format(text, "line %" PRIu64, damage->first_skipped);
	if (damage->skipped > 1)
		text_append_format(text, " and %" PRIu64 " more are", damage->skipped - 1);
	else if (damage->skipped)
		text_append(text, " is");
	if (damage->skipped)
		text_append(text, " not understood and left out");
	if (damage->skipped && damage->cut)
		text_append(text, ", and ");
	if (damage->cut)
		text_append(text, "its last line is incomplete; mappings may be missing");
	text_append_char(text, '.');
}
