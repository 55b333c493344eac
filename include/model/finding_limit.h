/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_LIMIT_H
#define MODEL_FINDING_LIMIT_H

/* Findings about limits that are near, and about growth: for the table in model/finding_table.c. */

#include "model/finding.h"

finding_judge_call finding_limit_mappings;
finding_judge_call finding_limit_stack;
finding_judge_call finding_limit_data;
finding_judge_call finding_limit_address_space;
finding_judge_call finding_limit_growth;

#endif
