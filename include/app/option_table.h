/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OPTION_TABLE_H
#define APP_OPTION_TABLE_H

/*
 * All options, a row each: what the command line, the help and the configuration file know of
 * them comes from here. The order is that of the help.
 */

#include <stdbool.h>
#include <stddef.h>

#include "app/option_mistake.h"
#include "app/option_words.h"
#include "app/options.h"

/* What an option may go with: bits, one an action. */
#define OPTION_WITH(action) (1u << (action))
#define OPTION_WITH_ANY     (~0u)

/* Where the help lists it. */
enum option_group {
	OPTION_GROUP_SCREEN,
	OPTION_GROUP_OUTPUT, /* without the screen */
	OPTION_GROUP_ABOUT,  /* of the program itself */
	OPTION_GROUP_COUNT,
};

/* What values are where they are not words, for completing them. */
enum option_values {
	OPTION_VALUES_NONE, /* the user's own: a number, an address */
	OPTION_VALUES_FILE,
	OPTION_VALUES_FOLDER,
	OPTION_VALUES_THEME, /* one of --list-themes */
};

enum option_type {
	OPTION_ACTION, /* chooses what to do; may take a value too */
	OPTION_FLAG,   /* true where it is given */
	OPTION_STRING, /* taken as it is */
	OPTION_VALUE,  /* read by a function */
};

struct option_row {
	const char *name;          /* the long one, without hyphens */
	char letter;               /* the short one; 0 for none */
	const char *argument;      /* what it takes, a word for the help; NULL: nothing */
	bool optional;             /* the value may be left out */
	enum option_words words;   /* the words that values are made of */
	enum option_values values; /* else */
	enum option_group group;
	enum option_type type;
	bool configured; /* may stand in the configuration file */
	unsigned with;   /* OPTION_WITH bits of the actions that it goes with */
	const char
		*with_say; /* said with other actions: "goes with …"; NULL where it goes with any */
	enum options_action action; /* of OPTION_ACTION */
	size_t field;               /* of OPTION_FLAG and OPTION_STRING: its offset in options */
	/*
	 * Of OPTION_VALUE, and of an OPTION_ACTION with a value: reads it. Returns 0, or -EINVAL
	 * and fills the mistake.
	 */
	int (*read)(struct options *options, const char *value, struct option_mistake *mistake);
	const char *help; /* lines of at most 55 columns, "\n" between them */
};

/* The table; *ret_count rows. */
const struct option_row *option_table(size_t *ret_count);

/*
 * Sets what the row is for. A flag's value is NULL (given), "on" or "off"; strings are kept, not
 * copied. Notes in options->given that it was set. Returns 0; or -EINVAL, with the mistake filled
 * and the options as they were.
 */
int option_set(const struct option_row *row, const char *value, struct options *options,
	       struct option_mistake *mistake);

/* Whether it was given (option_set()). */
bool option_is_given(const struct option_row *row, const struct options *options);

#endif
