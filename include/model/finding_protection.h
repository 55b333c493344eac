/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_PROTECTION_H
#define MODEL_FINDING_PROTECTION_H

/* Findings about what kernel and processor do for the process (model/protection.h): for the table
 * in model/finding_table.c. */

#include "model/finding.h"

finding_judge_call finding_protection_randomized;
finding_judge_call finding_protection_heap_randomized;
finding_judge_call finding_protection_shadow_stack;
finding_judge_call finding_protection_bti;

#endif
