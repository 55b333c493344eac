/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_READERS_H
#define APP_OPTION_READERS_H

/*
 * What the values of options mean: a function for each option of the table (app/option_table.h)
 * that takes more than a string. Each sets its field of the options and returns 0; or -EINVAL, with
 * the mistake filled and the options as they were.
 */

#include <stdbool.h>

struct option_mistake;
struct options;

int option_readers_delay(struct options *options, const char *value,
			 struct option_mistake *mistake);
int option_readers_budget(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_record_when(struct options *options, const char *value,
			       struct option_mistake *mistake);
int option_readers_record_limit(struct options *options, const char *value,
				struct option_mistake *mistake);
int option_readers_history(struct options *options, const char *value,
			   struct option_mistake *mistake);
int option_readers_avoid(struct options *options, const char *value,
			 struct option_mistake *mistake);
int option_readers_seconds(struct options *options, const char *value,
			   struct option_mistake *mistake);
int option_readers_samples(struct options *options, const char *value,
			   struct option_mistake *mistake);
int option_readers_place(struct options *options, const char *value,
			 struct option_mistake *mistake);
int option_readers_length(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_export(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_search(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_width(struct options *options, const char *value,
			 struct option_mistake *mistake);
int option_readers_height(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_format(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_fields(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_colour(struct options *options, const char *value,
			  struct option_mistake *mistake);
int option_readers_background(struct options *options, const char *value,
			      struct option_mistake *mistake);
int option_readers_shell(struct options *options, const char *value,
			 struct option_mistake *mistake);
int option_readers_scale(struct options *options, const char *value,
			 struct option_mistake *mistake);

/* "on", "off", or NULL for on: the option was given. Returns as above. */
int option_readers_flag(bool *flag, const char *value, struct option_mistake *mistake);

#endif
