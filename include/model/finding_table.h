/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_TABLE_H
#define MODEL_FINDING_TABLE_H

/*
 * The table of all findings: a row for each has its stable name, how much it matters, what it means
 * and what to do, and the function that judges.
 */

#include "model/finding.h"

/* Replaces the findings by what is found now. O(n log n) in mappings and files. */
void findings_judge(struct findings *findings, const struct finding_facts *facts);

/* The stable name, "writable-executable". */
const char *finding_name(enum finding_type type);

enum finding_severity finding_severity(enum finding_type type);

/* One plain sentence each: what it means, and what to do. */
const char *finding_meaning(enum finding_type type);
const char *finding_advice(enum finding_type type);

#endif
