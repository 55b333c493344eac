/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLANATION_H
#define UI_TEXT_EXPLANATION_H

/* Statements about a thing, the most important first, and its name. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "screen/role.h"

/* One statement: a label and a value, or (label NULL) a sentence; both NULL is a blank line. */
struct statement {
	const char *label;
	const char *value;
	enum role role;       /* of the value */
	uint64_t part, whole; /* a bar beside the value shows this share; whole 0: no bar */
};

struct explanation {
	struct arena arena;
	const char *title;
	struct statement *statements;
	size_t count, capacity;
};

/* Adds a statement; label must live as long, value is copied. */
void explanation_say(struct explanation *explanation, const char *label, const char *value,
		     enum role role);
void explanation_finish(struct explanation *explanation);

#endif
