/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_DIFF_H
#define REPORT_JSON_DIFF_H

/*
 * What is different in two address spaces (model/diff.h) as one JSON object, schema
 * "vastop.diff/1", for programs. Values are as in report/json.h; the keys are described in
 * vastop(1).
 */

#include <stdio.h>

struct diff;

/*
 * Writes the object and a newline to the stream. sources are how the user names a and b. Returns
 * 0, or -EIO when writing failed.
 */
int json_diff_write(FILE *stream, const struct diff *diff, const char *const *sources);

#endif
