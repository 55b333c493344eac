/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/once_target.h"

#include <errno.h>

#include "app/denied.h"
#include "app/message.h"
#include "app/options.h"
#include "app/source_error.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/query.h"
#include "sampler/source.h"

/* Says why there is no sample, or writes the totals where the format has a place for them. */
static int deny(const struct options *options, struct source *source, int error)
{
	return options->format == FORMAT_PICTURE || options->format == FORMAT_JSON
		       ? denied_run(options, source, error)
		       : denied_say_of_source(options, source, error);
}

static void scan(struct once_target *target, const struct once_plan *plan)
{
	const struct procfs_options procfs = options_procfs(plan->options);

	if (plan->scan(&procfs, target->pid, target->space, plan->smaps, &target->scan))
		target->scan = (struct scan){0};
	usage_table_adopt(&target->usage, target->space, target->scan.residency, target->scan.smaps,
			  target->scan.smaps_ns);
	target->scan.smaps = NULL;
}

int once_target_filter(struct once_target *target, const struct query *query)
{
	if (!query)
		return EXIT_DONE;
	if (query_find(query, target->space, &target->usage, &target->matches)) {
		message_say("a pattern of --filter takes too many steps; make it simpler.");
		return EXIT_TROUBLE;
	}
	target->filtered = true;
	return EXIT_DONE;
}

static void compare(struct once_target *target)
{
	if (!target->first) {
		target->first = address_space_copy(target->space);
		return;
	}
	identity_init(&target->growth, target->first, target->space);
	target->has_growth = true;
}

static void close_source(struct once_target *target)
{
	source_destroy(target->source);
	target->source = NULL;
}

int once_target_sample(struct once_target *target, const struct once_plan *plan)
{
	struct options own = *plan->options;
	int status, error = source_read(target->source, &target->space);

	own.pid = target->pid;
	if (error) {
		status = error == -ESRCH && target->by_name ? EXIT_NO_PROCESS
							    : deny(&own, target->source, error);
		close_source(target);
		return status;
	}
	source_rest(target->source);
	scan(target, plan);
	status = once_target_filter(target, plan->query);
	if (status) {
		once_target_release(target);
		close_source(target);
		return status;
	}
	if (!target->first)
		source_error_say_damage(&own, target->source);
	if (plan->growth)
		compare(target);
	return EXIT_DONE;
}

struct report_part once_target_part(const struct once_target *target)
{
	return (struct report_part){
		.space = target->space,
		.usage = &target->usage,
		.growth = target->has_growth ? &target->growth : NULL,
		.matches = target->filtered ? &target->matches : NULL,
	};
}

void once_target_release(struct once_target *target)
{
	if (!target->space)
		return;
	if (target->has_growth)
		identity_finish(&target->growth);
	target->has_growth = false;
	query_matches_finish(&target->matches);
	target->filtered = false;
	usage_table_finish(&target->usage);
	scan_finish(&target->scan);
	address_space_destroy(target->space);
	target->space = NULL;
}

void once_target_finish(struct once_target *target)
{
	once_target_release(target);
	address_space_destroy(target->first);
	close_source(target);
	*target = (struct once_target){0};
}
