/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_KEY_PRESS_H
#define SUPPORT_KEY_PRESS_H

/*
 * Keys, each with what a user of vastop sees when it has been answered, and how long that takes.
 */

#include <stdint.h>

struct viewer;

/* What is seen once a key has been answered, and was not before. */
enum key_answer {
	ANSWER_TEXT,  /* the text, in any line */
	ANSWER_GONE,  /* the text is in no line any more */
	ANSWER_LINE,  /* another line that has the text, or none any more */
	ANSWER_TITLE, /* another title of the main view; with a text: one that has it */
	ANSWER_HEAD,  /* the same of the first line */
	ANSWER_PAST,  /* another first line, or a last one that begins with the text */
	ANSWER_FOOT,  /* a last line that begins with the text */
	ANSWER_PLACE, /* the cursor in another line, or on something else */
	ANSWER_SIZE,  /* the whole screen at another size; keys are "LINESxCOLUMNS" */
};

struct key_step {
	const char *sort;
	const char *name; /* of the key, as printed */
	const char *keys;
	enum key_answer answer;
	const char *text;
	const char *before; /* typed first, without measuring; or NULL */
};

/*
 * Types the step's keys and waits for the answer. Returns how long it took, in nanoseconds; -ETIME
 * when it did not come by the deadline; -EALREADY when it was on the screen before, so that the
 * course is not where the step expects it.
 */
int64_t key_press(struct viewer *viewer, const struct key_step *step, int64_t deadline);

#endif
