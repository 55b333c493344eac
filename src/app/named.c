/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/named.h"

#include "app/message.h"
#include "app/options.h"
#include "base/pattern.h"
#include "sampler/processes.h"

int named_find(const char *name, int32_t *out, size_t capacity)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;
	int count;

	if (!*name || pattern_create(name, &pattern, &mistake))
		return 0;
	count = processes_find(pattern, out, capacity);
	pattern_destroy(pattern);
	return count < 0 ? 0 : count;
}

int named_resolve(struct options *options)
{
	int32_t pid;
	int count = named_find(options->name, &pid, 1);

	if (count == 1)
		options->pid = pid;
	else if (count == 0 || options->action != ACTION_WATCH)
		return message_say_not_a_pid(options->name);
	return EXIT_DONE;
}
