/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/named.h"

#include <inttypes.h>
#include <string.h>

#include "app/message.h"
#include "app/options.h"
#include "base/pattern.h"
#include "base/text.h"
#include "base/utf8.h"
#include "sampler/processes.h"

#define NAMED_MAX 5 /* pids in a sentence */

int named_find(const char *name, int32_t *out, size_t capacity)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;
	int count;

	if (!*name || pattern_create(name, &pattern, &mistake))
		return 0;
	count = processes_find(pattern, out, capacity);
	pattern_destroy(pattern);
	return count;
}

/* Appends "812, 4410 and 5002" or, for more than NAMED_MAX, the first ones and how many more. */
static void append_pids(struct text *text, const int32_t *pids, int count)
{
	int shown = count > NAMED_MAX ? NAMED_MAX : count;

	for (int i = 0; i < shown; i++)
		text_append_format(text, "%s%" PRId32,
				   i == 0                             ? ""
				   : i + 1 == shown && shown == count ? " and "
								      : ", ",
				   pids[i]);
	if (shown < count)
		text_append_format(text, " and %d more", count - shown);
}

int named_say_not_a_pid(const char *argument)
{
	int32_t found[NAMED_MAX];
	struct text name = {0}, pids = {0};
	int count = named_find(argument, found, NAMED_MAX);

	utf8_append_escaped(&name, argument, strlen(argument));
	if (count > 0) {
		append_pids(&pids, found, count);
		message_say("'%s' is not a PID; processes of that name: %s; try vastop %" PRId32
			    ".",
			    text_string(&name), text_string(&pids), found[0]);
	} else if (count < 0) {
		message_say("'%s' is not a PID, and names cannot be looked up in /proc (%s); give "
			    "the PID.",
			    text_string(&name), strerror(-count));
	} else {
		message_say("'%s' is not a PID, and no process has that name; ps -e lists them.",
			    text_string(&name));
	}
	text_finish(&name);
	text_finish(&pids);
	return EXIT_USAGE;
}

int named_resolve(const char *name, bool choosable, int32_t *ret_pid)
{
	int32_t pid;
	int count = named_find(name, &pid, 1);

	if (count <= 0 || (count > 1 && !choosable))
		return named_say_not_a_pid(name);
	*ret_pid = count == 1 ? pid : 0;
	return EXIT_DONE;
}

/* Adds the pids that are not among the first count yet; their number then, and at most the most. */
static size_t add_new(struct options_process *out, size_t count, const char *name,
		      const int32_t *pids, size_t more)
{
	for (size_t i = 0; i < more && count < NAMED_ALL_MAX; i++) {
		size_t at = 0;

		while (at < count && out[at].pid != pids[i])
			at++;
		if (at == count)
			out[count++] = (struct options_process){pids[i], name};
	}
	return count;
}

int named_resolve_all(const struct options *options, struct options_process *out, size_t *ret_count)
{
	int32_t found[NAMED_ALL_MAX];
	size_t count = 0;

	for (size_t i = 0; i < options->process_count; i++) {
		const struct options_process *process = &options->processes[i];
		int matches = 1;

		found[0] = process->pid;
		if (process->name)
			matches = named_find(process->name, found, NAMED_ALL_MAX);
		if (matches <= 0)
			return named_say_not_a_pid(process->name);
		if (matches > NAMED_ALL_MAX) {
			message_say("%d processes are more than the %d that can be reported on at "
				    "once; give a longer name.",
				    matches, NAMED_ALL_MAX);
			return EXIT_USAGE;
		}
		count = add_new(out, count, process->name, found, (size_t)matches);
	}
	*ret_count = count;
	return EXIT_DONE;
}
