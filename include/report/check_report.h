/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_CHECK_REPORT_H
#define REPORT_CHECK_REPORT_H

/*
 * What was found about one process (model/finding.h), for people and for programs. Both say what
 * was not found, too, and what is not known.
 */

#include <stdint.h>
#include <stdio.h>

struct findings;
struct target;

struct check_report {
	const struct target *target;
	const struct findings *findings;
	int64_t time_ns;    /* of the newest sample: CLOCK_REALTIME */
	int64_t watched_ns; /* for how long it was watched; 0: one sample was taken */
};

/* Writes it as text, all names escaped. Whether that works, the stream knows. */
void check_report_write_text(FILE *stream, const struct check_report *report);

/*
 * Writes it as one JSON object, schema "vastop.check/1" (doc/schema/), and a newline; bytes of
 * names are treated as in report/json.h. Returns 0, or -EIO when writing failed.
 */
int check_report_write_json(FILE *stream, const struct check_report *report);

#endif
