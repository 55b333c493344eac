/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_DENIED_H
#define APP_DENIED_H

/*
 * Reports on a process whose mappings may not be read, or are missing from its recorded tree: what
 * is known of it anyway, and what would help.
 */

#include <stdbool.h>
#include <stdint.h>

struct options;
struct source;
struct target;
struct target_totals;
struct text;

/*
 * For --once: writes the totals to stdout in the format of the options, and says on stderr why
 * there are no mappings (-errno of source_read()) and what would help. Where not even totals are
 * told only that is said. Returns the exit status.
 */
int denied_run(const struct options *options, struct source *source, int why);

/*
 * Appends a sentence: why process pid, which is that user's (TARGET_UNKNOWN: not known), cannot
 * be sampled (-errno), and what would help. Returns the exit status that goes with it.
 */
int denied_append(struct text *text, const struct options *options, int32_t pid, uint64_t uid,
		  int error);

/* The same of the options' process, said; of a source it is asked whose the process is. */
int denied_say(const struct options *options, uint64_t uid, int error);
int denied_say_of_source(const struct options *options, struct source *source, int error);

/*
 * Appends the totals as lines, "rss        58.2M", for people. user is the name of its user, or
 * NULL. ascii asks for "-" in place of the dash that stands for what is not known.
 */
void denied_append_totals(struct text *text, const struct target *target,
			  const struct target_totals *totals, const char *user, bool ascii);

/*
 * Appends one sentence: why the user with that effective ID may not read what the word says
 * ("mappings") of the process, and what would help.
 */
void denied_append_help(struct text *text, const char *what, const struct target *target,
			const char *user, uint64_t reader);

#endif
