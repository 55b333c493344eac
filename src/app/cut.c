/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/cut.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "app/message.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_file.h"
#include "base/text.h"
#include "record/recording.h"
#include "record/recording_cut.h"

static bool is_same_file(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return !stat(a, &of_a) && !stat(b, &of_b) && of_a.st_dev == of_b.st_dev &&
	       of_a.st_ino == of_b.st_ino;
}

/* Which samples are meant. Returns the exit status, after appending what is wrong. */
static int choose(const struct options *options, const struct replay_file *file,
		  struct recording_cut *cut, struct text *why)
{
	int status = EXIT_DONE;

	cut->first = recording_first(file->recording);
	cut->last = recording_last(file->recording);
	if (file->timed) {
		text_append(why, "--export takes times as in --from=10:41:07 --to=-5m, not @TIME.");
		return EXIT_USAGE;
	}
	if (options->from)
		status = replay_file_find(file, options->from, &cut->first, why);
	if (!status && options->to)
		status = replay_file_find(file, options->to, &cut->last, why);
	if (!status && cut->last < cut->first) {
		text_append(why, "--to is before --from: nothing is left.");
		return EXIT_USAGE;
	}
	return status;
}

static int write_cut(const struct replay_file *file, const struct recording_cut *cut,
		     struct text *why)
{
	bool reading;
	int error;

	if (is_same_file(cut->path, file->path)) {
		text_append(why, "--export needs another file than the recording: name a new one.");
		return EXIT_USAGE;
	}
	/* That the file may grow no further is an error like others (setrlimit(2)). */
	signal(SIGXFSZ, SIG_IGN);
	error = recording_cut_write(file->recording, cut, &reading);
	if (!error)
		return EXIT_DONE;
	if (reading)
		recording_words_append_read_error(why, file->path, error);
	else
		recording_words_append_write_error(why, cut->path, error);
	return EXIT_TROUBLE;
}

int cut_run(const struct options *options)
{
	struct recording_cut cut = {.path = options->export, .force = options->force};
	struct replay_file file;
	struct text why = {0};
	int status = replay_file_open(options->replay, &file, &why);

	if (!status) {
		status = choose(options, &file, &cut, &why);
		status = status ? status : write_cut(&file, &cut, &why);
		replay_file_close(&file);
	}
	if (why.length)
		message_say("%s", text_string(&why));
	text_finish(&why);
	return status;
}
