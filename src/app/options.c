/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"

#include <stdlib.h>

#include "app/core_file.h"
#include "kernel/procfs_options.h"

bool options_action_is_about(enum options_action action)
{
	return action >= ACTION_LIST_COMMANDS && action <= ACTION_VERSION;
}

bool options_are_about(const struct options *options)
{
	return options_action_is_about(options->action);
}

struct procfs_options options_procfs(const struct options *options)
{
	return (struct procfs_options){
		.root = options->procfs,
		.avoid = options->avoid,
		.kept = options->core_file ? options->core_file->kept : NULL,
	};
}

bool options_want_colour(const struct options *options, bool is_terminal)
{
	const char *no_colour = getenv("NO_COLOR");

	if (options->colour != COLOUR_AUTO)
		return options->colour == COLOUR_ALWAYS;
	return is_terminal && !(no_colour && *no_colour);
}
