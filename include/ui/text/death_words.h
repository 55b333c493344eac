/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_DEATH_WORDS_H
#define UI_TEXT_DEATH_WORDS_H

/* What ended the process of a core file, in words (sigaction(2)). */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct explanation;
struct target;
struct text;

/* "SIGSEGV at 10"; nothing where no signal is known. */
void death_words_append_short(struct text *text, const struct target *target);

/* "killed by SIGSEGV in thread 4765: nothing is mapped at 10", without a full stop. */
void death_words_append(struct text *text, const struct target *target);

/* Whether the address that a fault was about lies in the range. */
bool death_words_are_of(const struct target *target, uint64_t start, uint64_t end);

/* Says it where the range has the address, or the stack of the thread. */
void death_words_explain(struct explanation *to, const struct address_space *space, uint64_t start,
			 uint64_t end);

#endif
