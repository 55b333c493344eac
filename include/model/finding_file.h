/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FINDING_FILE_H
#define MODEL_FINDING_FILE_H

/* Findings about the programs and libraries that are mapped (model/checked_file.h): for the table
 * in model/finding_table.c. */

#include "model/finding.h"

finding_judge_call finding_file_stack_request;
finding_judge_call finding_file_fixed_address;
finding_judge_call finding_file_no_relro;
finding_judge_call finding_file_partial_relro;
finding_judge_call finding_file_text_relocations;
finding_judge_call finding_file_deleted;
finding_judge_call finding_file_foreign_writer;

#endif
