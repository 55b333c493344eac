/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CHOICE_H
#define APP_CHOICE_H

/*
 * The part of the loop that attaches to the process that was chosen on the screen, beside the
 * screen: the picture continues, and Esc cancels. All zeroes: none was chosen.
 */

#include <stdbool.h>
#include <stdint.h>

#include "app/attach.h"

struct options;
struct ui;
struct ui_request;

struct choice {
	struct attaching attaching;
	uint64_t start_ticks; /* of the process, as it was listed */
};

/* Why no other process can be chosen: a sentence; NULL: it can. */
const char *choice_why_not(const struct options *options);

/* Begins with the process of the request, in place of one chosen before, and says so. */
void choice_begin(struct choice *choice, const struct options *options,
		  const struct ui_request *request, struct ui *ui);

/* What poll() is to wait for; -1 for nothing. */
int choice_descriptor(const struct choice *choice);

/*
 * Takes what came of it. True: the process can be watched, and *ret_attachment is the caller's.
 * Else nothing came yet, or why it cannot be watched was said, and one can go on.
 */
bool choice_take(struct choice *choice, struct ui *ui, struct attachment *ret_attachment);

/* Whether the key is for this: it cancels. */
bool choice_take_key(struct choice *choice, struct ui *ui, uint32_t key);

void choice_end(struct choice *choice);

#endif
