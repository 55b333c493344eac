/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_MEMORY_H
#define MODEL_FINDING_MEMORY_H

/* Findings about the mappings themselves: for the table in model/finding_table.c. */

#include "model/finding.h"

finding_judge_call finding_memory_writable_executable;
finding_judge_call finding_memory_was_writable_executable;
finding_judge_call finding_memory_executable_stack;
finding_judge_call finding_memory_executable_heap;
finding_judge_call finding_memory_unguarded_stack;

#endif
