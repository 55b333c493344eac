/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_readers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/option_mistake.h"
#include "app/option_values.h"
#include "app/option_words.h"
#include "app/options.h"
#include "kernel/avoid.h"

#define SIDE_MAX 5000 /* columns or lines of a picture */

#define SECOND           1000000000 /* in nanoseconds */
#define DELAY_PLACES     9          /* of a second: nanoseconds */
#define DELAY_MIN        (SECOND / 100)
#define DELAY_MAX        (3600ULL * SECOND)
#define SECONDS_MIN      UINT64_C(100000000) /* for --growth, nanoseconds */
#define SECONDS_MAX      UINT64_C(86400000000000)
#define BUDGET_PLACES    4 /* of a percent */
#define BUDGET_MIN       1000
#define BUDGET_MAX       1000000
#define BUDGET_WHOLE     1000000.0 /* 100 percent */
#define HISTORY_MIN      (1ULL << 20)
#define HISTORY_MAX      (64ULL << 30)
#define RECORD_LIMIT_MIN (1ULL << 20)
#define RECORD_LIMIT_MAX (1ULL << 40)
#define LENGTH_MAX       (64ULL << 30)

static int refuse(struct option_mistake *mistake, const char *allowed)
{
	snprintf(mistake->allowed, sizeof(mistake->allowed), "%s", allowed);
	mistake->wrong = NULL;
	return -EINVAL;
}

int option_readers_delay(struct options *options, const char *value, struct option_mistake *mistake)
{
	if (!option_read_decimal(value, DELAY_PLACES, DELAY_MIN, DELAY_MAX, &options->interval_ns))
		return 0;
	return refuse(mistake, "seconds from 0.01 to 3600, as in 0.5");
}

/* NULL: none were given. */
int option_readers_seconds(struct options *options, const char *value,
			   struct option_mistake *mistake)
{
	if (!value || !option_read_decimal(value, DELAY_PLACES, SECONDS_MIN, SECONDS_MAX,
					   &options->growth_ns))
		return 0;
	return refuse(mistake, "seconds from 0.1 to 86400, as in 10");
}

int option_readers_budget(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	uint64_t number;

	if (option_read_decimal(value, BUDGET_PLACES, BUDGET_MIN, BUDGET_MAX, &number))
		return refuse(mistake, "percent of one core from 0.1 to 100, as in 2");
	options->budget = (double)number / BUDGET_WHOLE;
	return 0;
}

int option_readers_history(struct options *options, const char *value,
			   struct option_mistake *mistake)
{
	if (!option_read_size(value, HISTORY_MIN, HISTORY_MAX, &options->history))
		return 0;
	return refuse(mistake, "a size from 1M to 64G, as in 64M");
}

int option_readers_record_when(struct options *options, const char *value,
			       struct option_mistake *mistake)
{
	if (condition_parse(value, &options->record_when))
		return refuse(mistake, "rss>SIZE, size>SIZE, growth>SIZE, maps>N or maps>N%, as in "
				       "rss>1G");
	options->conditional = true;
	return 0;
}

int option_readers_record_limit(struct options *options, const char *value,
				struct option_mistake *mistake)
{
	if (!option_read_size(value, RECORD_LIMIT_MIN, RECORD_LIMIT_MAX, &options->record_limit))
		return 0;
	return refuse(mistake, "a size from 1M to 1T, as in 100M");
}

int option_readers_avoid(struct options *options, const char *value, struct option_mistake *mistake)
{
	const char *unknown, *name;
	size_t length = 0;

	if (!avoid_parse(value, &options->avoid, &unknown))
		return 0;
	refuse(mistake, "");
	for (size_t i = 0; (name = avoid_name(i)) != NULL; i++)
		length += (size_t)snprintf(mistake->allowed + length,
					   sizeof(mistake->allowed) - length, "%s%s", i ? ", " : "",
					   name);
	snprintf(mistake->allowed + length, sizeof(mistake->allowed) - length,
		 " with commas between them");
	mistake->wrong = unknown;
	mistake->wrong_bytes = strcspn(unknown, ",");
	return -EINVAL;
}

static int read_number(const char *value, uint64_t least, uint64_t most, uint64_t *ret_number,
		       struct option_mistake *mistake)
{
	if (!strchr(value, '.') && !option_read_decimal(value, 0, least, most, ret_number))
		return 0;
	refuse(mistake, "");
	snprintf(mistake->allowed, sizeof(mistake->allowed), "a number from %llu to %llu",
		 (unsigned long long)least, (unsigned long long)most);
	return -EINVAL;
}

int option_readers_samples(struct options *options, const char *value,
			   struct option_mistake *mistake)
{
	return read_number(value, 1, UINT32_MAX, &options->samples, mistake);
}

/* What it means depends on the process: it is read with its mappings at hand. */
int option_readers_place(struct options *options, const char *value, struct option_mistake *mistake)
{
	(void)mistake;
	options->place = value;
	return 0;
}

int option_readers_length(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	if (!option_read_size(value, 1, LENGTH_MAX, &options->length))
		return 0;
	return refuse(mistake, "a size from 1 to 64G, as in 4096 or 64K");
}

int option_readers_export(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	(void)mistake;
	options->export = value;
	return 0;
}

int option_readers_search(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	(void)mistake;
	options->search = value;
	return 0;
}

int option_readers_width(struct options *options, const char *value, struct option_mistake *mistake)
{
	uint64_t number;
	int error = read_number(value, 40, SIDE_MAX, &number, mistake);

	if (!error)
		options->width = (int)number;
	return error;
}

int option_readers_height(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	uint64_t number;
	int error = read_number(value, 6, SIDE_MAX, &number, mistake);

	if (!error)
		options->height = (int)number;
	return error;
}

int option_readers_format(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	int index = option_word_find(OPTION_WORDS_FORMAT, value, mistake);

	if (index < 0)
		return -EINVAL;
	options->format = (enum options_format)index;
	return 0;
}

int option_readers_fields(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	const char *wrong;
	size_t length;

	if (!field_list_parse(value, &options->fields, &wrong, &length))
		return 0;
	refuse(mistake, "different names from --list-fields with commas between them");
	mistake->wrong = wrong;
	mistake->wrong_bytes = length;
	return -EINVAL;
}

int option_readers_colour(struct options *options, const char *value,
			  struct option_mistake *mistake)
{
	int index = option_word_find(OPTION_WORDS_COLOUR, value, mistake);

	if (index < 0)
		return -EINVAL;
	options->colour = (enum options_colour)index;
	return 0;
}

int option_readers_background(struct options *options, const char *value,
			      struct option_mistake *mistake)
{
	int index = option_word_find(OPTION_WORDS_BACKGROUND, value, mistake);

	if (index < 0)
		return -EINVAL;
	options->dark = index == 1;
	return 0;
}

int option_readers_scale(struct options *options, const char *value, struct option_mistake *mistake)
{
	int index = option_word_find(OPTION_WORDS_SCALE, value, mistake);

	if (index < 0)
		return -EINVAL;
	options->scale = (enum scale)index;
	return 0;
}

int option_readers_shell(struct options *options, const char *value, struct option_mistake *mistake)
{
	int index = option_word_find(OPTION_WORDS_SHELL, value, mistake);

	if (index < 0)
		return -EINVAL;
	options->shell = (enum completion_shell)index;
	return 0;
}

int option_readers_flag(bool *flag, const char *value, struct option_mistake *mistake)
{
	if (value && strcmp(value, "on") && strcmp(value, "off"))
		return refuse(mistake, "on or off");
	*flag = !value || !strcmp(value, "on");
	return 0;
}
