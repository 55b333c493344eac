/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"

#include <stdlib.h>

bool options_action_is_about(enum options_action action)
{
	return action >= ACTION_LIST_COMMANDS && action <= ACTION_VERSION;
}

bool options_are_about(const struct options *options)
{
	return options_action_is_about(options->action);
}

bool options_want_colour(const struct options *options, bool is_terminal)
{
	const char *no_colour = getenv("NO_COLOR");

	if (options->colour != COLOUR_AUTO)
		return options->colour == COLOUR_ALWAYS;
	return is_terminal && !(no_colour && *no_colour);
}
