/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_COMPARE_SIDE_H
#define APP_COMPARE_SIDE_H

/*
 * One of what is compared: a process (its PID, or its name where one has it), a recording
 * ("FILE": its last sample, "FILE@TIME"), a core file or a snapshot in JSON.
 */

#include <stdint.h>

#include "base/text.h"
#include "model/diff_sum.h"
#include "model/kept_usage.h"

struct address_space;
struct options;

enum compare_side_type {
	COMPARE_SIDE_PROCESS,
	COMPARE_SIDE_RECORDING,
	COMPARE_SIDE_CORE,
	COMPARE_SIDE_SNAPSHOT,
};

/* All zeroes: none. */
struct compare_side {
	struct address_space *space;
	struct kept_usage usage;
	struct text heading; /* what it is, escaped: as typed, PID, name, local time */
};

/* What the operand names: what is no file is a process. */
enum compare_side_type compare_side_type(const char *operand);

/* The process that the operand names. Returns the exit status, after saying what is wrong. */
int compare_side_find_process(const char *operand, int32_t *ret_pid);

/* Takes the sample of what the operand names. Returns the exit status, after saying what is wrong.
 */
int compare_side_open(struct compare_side *side, const struct options *options,
		      const char *operand);
void compare_side_close(struct compare_side *side);

struct diff_subject compare_side_subject(const struct compare_side *side);

#endif
