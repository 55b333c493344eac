/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_EXPLAIN_H
#define UI_EXPLAIN_H

/* A band of the diagram in words: what the inspector says. Everything is escaped for the screen. */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "screen/role.h"

struct scene;
struct band;

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

/* Explains the band; explanation_finish() frees what it holds. Most important first. */
void explain_band(struct explanation *explanation, const struct scene *scene,
		  const struct band *band);
/* Adds a statement; label must live as long, value is copied. */
void explanation_say(struct explanation *explanation, const char *label, const char *value,
		     enum role role);
void explanation_finish(struct explanation *explanation);

#endif
