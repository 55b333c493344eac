/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_GROWTH_WORDS_H
#define APP_GROWTH_WORDS_H

/* What is said to people about listening to page faults: why it cannot be, and what is missing. */

#include <stdbool.h>
#include <stdint.h>

struct growth_balance;
struct listening;
struct target;
struct text;

/*
 * Appends a sentence: why the page faults of the process cannot be listened to (-errno of
 * growth/hearing.h), and what would help. Returns the exit status that goes with it.
 */
int growth_words_append_refusal(struct text *text, const struct target *target, int error);

/*
 * Appends sentences, a line each, about what the result does not have and why: faults in system
 * calls, threads, samples that were dropped, stacks that could not be unwound. None: all is there.
 */
void growth_words_append_lacks(struct text *text, const struct listening *listening);

/*
 * Appends two sentences, a line each: what was mapped and unmapped, what grew without being
 * touched, and what was touched and is gone; unknown stands for what is not known.
 */
void growth_words_append_balance(struct text *text, const struct growth_balance *balance,
				 const char *unknown);

#endif
