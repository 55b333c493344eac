/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/core_file.h"
#include "app/core_words.h"
#include "app/message.h"
#include "app/origin.h"
#include "app/recording_words.h"
#include "app/replay_time.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/recording.h"
#include "record/recording_file.h"

/* Where the time begins; NULL: there is none, as the name may have that sign, too. */
static const char *find_time(const char *argument)
{
	const char *sign = strrchr(argument, '@');

	return sign && access(argument, F_OK) ? sign + 1 : NULL;
}

/* The path without the time behind it; ret_time is NULL, or where the time begins. */
static char *copy_path(const char *argument, const char **ret_time)
{
	const char *time = find_time(argument);
	char *path = memory_copy_string(argument);

	if (time)
		path[time - 1 - argument] = '\0';
	*ret_time = time;
	return path;
}

static int append_bad_time(struct text *why, const char *time)
{
	text_append(why, "'");
	utf8_append_escaped(why, time, strlen(time));
	text_append(why, "' is not a time; give one as in 10:41:07, 2026-11-29T10:41:07Z, +90s "
			 "(after the begin) or -5m (before the end).");
	return EXIT_USAGE;
}

int replay_file_find(const struct replay_file *file, const char *time, int64_t *ret_sample,
		     struct text *why)
{
	struct recording *recording = file->recording;
	int64_t first_ns, last_ns, time_ns;
	int error = recording_time(recording, recording_first(recording), &first_ns);

	error = error ? error : recording_time(recording, recording_last(recording), &last_ns);
	if (!error && replay_time_parse(time, first_ns, last_ns, &time_ns))
		return append_bad_time(why, time);
	error = error ? error : recording_find(recording, time_ns, ret_sample);
	if (!error)
		return EXIT_DONE;
	recording_words_append_read_error(why, file->path, error);
	return EXIT_TROUBLE;
}

int replay_file_open(const char *argument, struct replay_file *ret_file, struct text *why)
{
	const char *time;
	struct replay_file file = {.path = copy_path(argument, &time)};
	int error, status = EXIT_TROUBLE;

	error = recording_open(file.path, &file.recording);
	if (error == -EBADMSG && core_file_is_meant(file.path))
		core_words_append_not_played(why, file.path);
	else if (error)
		recording_words_append_read_error(why, file.path, error);
	else
		file.sample = recording_last(file.recording);
	if (!error)
		status = time ? replay_file_find(&file, time, &file.sample, why) : EXIT_DONE;
	file.timed = time != NULL;
	if (status)
		replay_file_close(&file);
	else
		*ret_file = file;
	return status;
}

void replay_file_close(struct replay_file *file)
{
	recording_close(file->recording);
	free(file->path);
	*file = (struct replay_file){0};
}

bool replay_file_is_meant(const char *argument)
{
	const char *time;
	char *path = copy_path(argument, &time);
	bool torn;
	int error = recording_file_check(path, &torn);

	free(path);
	/* A path is the name of no process. */
	return !error || error == -ENOTSUP || (strchr(argument, '/') && error != -ENOENT);
}

void replay_file_append_origin(struct text *text, const struct recording *recording,
			       int64_t time_ns)
{
	const struct recording_origin *origin = recording_origin(recording);

	origin_append_place(text,
			    &(struct origin_place){origin->host, origin->system, origin->release},
			    time_ns);
}
