/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/find_bytes.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "app/denied.h"
#include "app/denied_bytes.h"
#include "app/message.h"
#include "app/options.h"
#include "app/output.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/search_walk.h"
#include "sampler/source.h"
#include "ui/text/needle_words.h"

#define FOUND_MAX ((size_t)1000000)

static int say_mistake(const char *line, const struct text *why)
{
	struct text escaped = {0};

	utf8_append_escaped(&escaped, line, strlen(line));
	message_say("--search='%s': %s", text_string(&escaped), text_string(why));
	text_finish(&escaped);
	return EXIT_USAGE;
}

static void rest(uint64_t pause_ns)
{
	const struct timespec time = {.tv_sec = (time_t)(pause_ns / 1000000000),
				      .tv_nsec = (long)(pause_ns % 1000000000)};

	if (pause_ns)
		clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
}

/* Writes addresses as they are found. Returns 0, or the -errno of a read. */
static int write_found(FILE *stream, struct search_walk *walk)
{
	size_t written = 0;
	int more;

	do {
		uint64_t pause = 0;

		more = search_walk_step(walk, &pause);
		for (; written < walk->search.count; written++)
			fprintf(stream, "%" PRIx64 "\n", walk->search.found[written]);
		rest(pause);
	} while (more > 0 && !ferror(stream));
	return more < 0 ? more : 0;
}

static int find(const struct options *options, const struct address_space *space,
		const struct memory_needle *needle)
{
	const struct procfs_options procfs = options_procfs(options);
	struct search_request request = search_request_of(space, needle, FOUND_MAX, 0, UINT64_MAX);
	struct search_walk walk;
	struct output output;
	bool full;
	int status, error = search_walk_begin(&walk, &procfs, &request, SCAN_SHARE_ONCE_MAX,
					      SCAN_SHARE_ONCE_MIN);

	if (error)
		return denied_bytes_say(options, &space->target, error);
	output_open(&output);
	error = write_found(output.stream, &walk);
	full = walk.search.full;
	search_walk_finish(&walk);
	status = output_close(&output, 0);
	if (!status && error)
		return denied_bytes_say(options, &space->target, error);
	if (!status && full)
		message_say("there may be more than these %zu; search for something longer.",
			    FOUND_MAX);
	return status;
}

int find_bytes_run(const struct options *options, struct source *source)
{
	struct address_space *space;
	struct memory_needle needle;
	struct text why = {0};
	int error = source_read(source, &space), status;

	if (error)
		return denied_say_of_source(options, source, error);
	if (needle_words_read(space, options->search, &needle, &why))
		status = say_mistake(options->search, &why);
	else
		status = find(options, space, &needle);
	text_finish(&why);
	address_space_destroy(space);
	return status;
}
